package cn.ganye.pool.intake;

import cn.ganye.engine.Chunk;
import cn.ganye.engine.RowSource;
import cn.ganye.pool.contract.ColumnType;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.lake.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accepted rows of one file on their way to the lake: batches in order, identifiers turned into
 * keys. Refused records and vault text go aside as they pass.
 */
final class LoadRows {
  /** Where batches come from, in the order of the file. */
  @FunctionalInterface
  interface Batches {
    /** The next batch, or null at the end. */
    @Nullable Batch next() throws Exception;
  }

  /** Hears every batch before its rows pass, with the number of the record before its first. */
  @FunctionalInterface
  interface Aside {
    void batch(Batch batch, long recordsBefore) throws IOException;
  }

  private final int load;
  private final List<Contract.Column> stored;
  private final int period;
  private final boolean vaulted;
  private final Identities identities;
  private final Batches batches;
  private final Aside aside;
  private @Nullable Batch current;
  private int at;
  private long records;
  private long rows;
  private long filled;
  private final SortedMap<Integer, Long> months = new TreeMap<>();

  LoadRows(int load, Contract contract, Identities identities, Batches batches, Aside aside) {
    this.load = load;
    this.stored = contract.stored();
    this.period = stored.stream().map(Contract.Column::name).toList().indexOf(contract.period());
    this.vaulted = !contract.vaulted().isEmpty();
    this.identities = identities;
    this.batches = batches;
    this.aside = aside;
  }

  /** Records seen so far. */
  long records() {
    return records;
  }

  /** What the rows that have passed hold. */
  Load.Content content() {
    return new Load.Content(rows * stored.size(), filled, months);
  }

  /** The columns of the lake's files of a dataset. */
  static List<RowSource.Column> columns(Contract contract, Contracts contracts) {
    List<RowSource.Column> columns = new ArrayList<>();
    columns.add(new RowSource.Column("load", RowSource.Kind.INTEGER));
    columns.add(new RowSource.Column("record", RowSource.Kind.INTEGER));
    for (Contract.Column column : contract.stored()) {
      String list = column.list();
      columns.add(
          column.type().stored() == ColumnType.Stored.WORD && list != null
              ? new RowSource.Column(
                  column.name(), RowSource.Kind.WORD, contracts.list(list).codes())
              : new RowSource.Column(
                  column.name(),
                  column.type().stored() == ColumnType.Stored.BIGINT
                      ? RowSource.Kind.BIGINT
                      : RowSource.Kind.INTEGER));
    }
    if (!contract.vaulted().isEmpty()) {
      columns.add(new RowSource.Column("vault_mark", RowSource.Kind.BIGINT));
    }
    return columns;
  }

  /** Fills the next chunk, as a {@link RowSource} does. */
  int next(Chunk chunk) throws Exception {
    Batch batch = current;
    while (batch == null || at >= batch.rows) {
      batch = batches.next();
      if (batch == null) {
        return 0;
      }
      aside.batch(batch, records);
      for (int row = 0; row < batch.rows; row++) {
        batch.recordNumbers[row] += records + 1;
      }
      records += batch.records;
      current = batch;
      at = 0;
    }
    int passing = Math.min(chunk.capacity(), batch.rows - at);
    fill(chunk, batch, passing);
    at += passing;
    rows += passing;
    return passing;
  }

  private void fill(Chunk chunk, Batch batch, int rows) {
    long[] loads = new long[rows];
    Arrays.fill(loads, load);
    chunk.integers(0, loads, 0, rows, Values.ABSENT);
    chunk.integers(1, batch.recordNumbers, at, rows, Values.ABSENT);
    for (int i = 0; i < stored.size(); i++) {
      long[] values = batch.values[i];
      count(values, rows);
      if (i == period) {
        months(values, rows);
      }
      ColumnType type = stored.get(i).type();
      if (type.isPerson()) {
        persons(values, rows);
      } else if (type.isEnterprise()) {
        enterprises(batch, values, rows);
      }
      switch (type.stored()) {
        case INTEGER, WORD -> chunk.integers(i + 2, values, at, rows, Values.ABSENT);
        case BIGINT -> chunk.longs(i + 2, values, at, rows, Values.ABSENT);
        case VAULT -> throw new IllegalStateException("vault text does not go to the lake");
      }
    }
    if (vaulted) {
      chunk.longs(stored.size() + 2, batch.values[stored.size()], at, rows, Values.ABSENT);
    }
  }

  private void count(long[] values, int rows) {
    for (int row = at; row < at + rows; row++) {
      filled += values[row] == Values.ABSENT ? 0 : 1;
    }
  }

  /** Counts rows by month: they mostly come in runs of one. */
  private void months(long[] values, int rows) {
    int from = at;
    for (int row = at; row < at + rows; row++) {
      if (row + 1 == at + rows || values[row + 1] != values[row]) {
        if (values[row] != Values.ABSENT) {
          months.merge((int) values[row], (long) row + 1 - from, Long::sum);
        }
        from = row + 1;
      }
    }
  }

  private void persons(long[] values, int rows) {
    for (int row = at; row < at + rows; row++) {
      if (values[row] != Values.ABSENT) {
        values[row] = identities.persons().key(values[row]);
      }
    }
  }

  private void enterprises(Batch batch, long[] values, int rows) {
    for (int row = at; row < at + rows; row++) {
      if (values[row] != Values.ABSENT) {
        int length = (int) (values[row] & 0xFFFF);
        values[row] = identities.enterprises().key(batch.arena, (int) (values[row] >> 16), length);
      }
    }
  }
}
