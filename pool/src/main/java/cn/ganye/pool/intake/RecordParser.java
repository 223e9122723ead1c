package cn.ganye.pool.intake;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.contract.ColumnType;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contract.Column;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.CreditCode;
import cn.ganye.reference.IdentifierFault;
import cn.ganye.reference.PoolingArea;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Judges the records of a block by a contract and standardises those that it accepts. Not for use
 * by several threads.
 */
final class RecordParser {
  /** Bytes of a short record; sets how much room a batch has at first. */
  private static final int USUAL_RECORD = 64;

  private static final Set<String> FOOTERS =
      Set.of(
          "合计", "总计", "小计", "共计", "制表", "制表人", "填表", "填表人", "审核", "审核人", "负责人", "单位负责人", "备注", "说明",
          "注");

  /**
   * What only some records need. A method compiled before they are there is thrown away at the
   * first such record and compiled again, so they are there from the beginning.
   */
  private static final List<Class<?>> RARELY_NEEDED =
      List.of(
          Batch.Problem.class,
          Batch.Refused.class,
          CreditCode.class,
          IdentifierFault.class,
          PoolingArea.class);

  static {
    try {
      for (Class<?> rare : RARELY_NEEDED) {
        MethodHandles.lookup().ensureInitialized(rare);
      }
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Layout layout;
  private final Tokenizer tokenizer;
  private final Column[] columns;
  private final Values[] values;
  private final int[] positions;
  private final int[] storedAt;
  private final int stored;
  private final boolean vaulted;
  private final Judgement judgement;
  private final MessageDigest marks = Hashes.sha256();
  private final MessageDigest labels = Hashes.sha256();
  private final byte[] markKey;
  private final long[] row;
  private final BitSet doubtful = new BitSet();
  private final Cleaning cleaning = new Cleaning();
  private final List<Batch.Problem> problems = new ArrayList<>();

  RecordParser(
      Layout layout, Contracts contracts, String home, int asOf, KnownWords known, byte[] markKey) {
    this.layout = layout;
    this.tokenizer = new Tokenizer(layout.delimiter());
    Contract contract = layout.contract();
    this.columns = contract.columns().toArray(Column[]::new);
    this.positions = layout.positions();
    this.values =
        Arrays.stream(columns)
            .map(c -> new Values(c, contracts, home, asOf, known.of(c), layout.workbook()))
            .toArray(Values[]::new);
    this.storedAt = new int[columns.length];
    int count = 0;
    for (int i = 0; i < storedAt.length; i++) {
      boolean vault = columns[i].type() == ColumnType.TEXT;
      storedAt[i] = vault ? -1 : count++;
    }
    this.stored = count;
    this.vaulted = count < columns.length;
    this.markKey = markKey;
    this.row = new long[stored + (vaulted ? 1 : 0)];
    FOOTERS.forEach(word -> doubtful.set(word.charAt(0)));
    contract.columns().forEach(c -> c.headers().forEach(header -> doubtful.set(header.charAt(0))));
    this.judgement = new Judgement(contract, storedAt, contracts, asOf);
  }

  /** Parses a block; the first one of a file holds the header. */
  Batch parse(Block block, boolean first) {
    Batch batch = new Batch(row.length, vaulted, block.length() / USUAL_RECORD + 1);
    Block.Oversize oversize = block.oversize();
    if (oversize != null) {
      batch.refused.add(
          new Batch.Refused(
              0,
              List.of(new Batch.Problem("", RefusalReason.TOO_LONG)),
              block.bytes(),
              oversize.length(),
              oversize.sha256()));
      batch.records = 1;
      return batch;
    }
    RecordWalk.over(
        block,
        tokenizer,
        first ? layout.header() : RecordWalk.Header.NONE,
        (text, from, title) -> {
          if (title) {
            refuse(batch, text, from, List.of(new Batch.Problem("", RefusalReason.NOT_A_RECORD)));
          } else {
            record(batch, text, from);
          }
          batch.records++;
        });
    return batch;
  }

  private void record(Batch batch, byte[] bytes, int from) {
    problems.clear();
    if (tokenizer.broken()) {
      problems.add(new Batch.Problem("", RefusalReason.UNCLOSED_QUOTE));
    } else if (notARecord(bytes)) {
      problems.add(new Batch.Problem("", RefusalReason.NOT_A_RECORD));
    } else if (!cellsFit(bytes)) {
      problems.add(new Batch.Problem("", RefusalReason.CELL_COUNT));
    }
    if (!problems.isEmpty()) {
      refuse(batch, bytes, from, List.copyOf(problems));
      return;
    }
    int vaultStart = batch.vaultEnd;
    int arenaStart = batch.arenaEnd;
    if (vaulted) {
      marks.reset();
      marks.update(markKey);
    }
    for (int c = 0; c < storedAt.length; c++) {
      cell(batch, bytes, c);
    }
    if (problems.isEmpty()) {
      batch.warnings += judgement.of(row, problems);
    }
    if (!problems.isEmpty()) {
      batch.vaultEnd = vaultStart;
      batch.arenaEnd = arenaStart;
      if (headerAgain(bytes)) {
        problems.clear();
        problems.add(new Batch.Problem("", RefusalReason.NOT_A_RECORD));
      }
      refuse(batch, bytes, from, List.copyOf(problems));
      return;
    }
    if (vaulted) {
      row[stored] = mark();
    }
    batch.add(row, batch.records);
  }

  private void cell(Batch batch, byte[] bytes, int c) {
    Column column = columns[c];
    int position = positions[c];
    int at = storedAt[c];
    byte[] text = bytes;
    int from = 0;
    int to = 0;
    if (position >= 0) {
      from = tokenizer.start(position);
      to = tokenizer.end(position);
      while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
        from++;
      }
      while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
        to--;
      }
      if (Cleaning.needed(tokenizer, bytes, from, to, position, column.type())) {
        int length = cleaning.clean(bytes, from, to, column.type());
        text = cleaning.bytes();
        from = 0;
        to = length;
        if (length < 0) {
          problems.add(new Batch.Problem(column.name(), RefusalReason.BAD_ENCODING));
          return;
        }
      }
    }
    if (at < 0) {
      batch.vaultText(text, from, to);
      marks.update(text, from, to - from);
      marks.update((byte) 0);
      if (column.required() && from == to) {
        problems.add(new Batch.Problem(column.name(), RefusalReason.REQUIRED_EMPTY));
      }
      return;
    }
    long value = values[c].read(text, from, to);
    if (Values.isRefused(value)) {
      problems.add(new Batch.Problem(column.name(), Values.reason(value)));
    } else if (value == Values.ABSENT && column.required()) {
      problems.add(new Batch.Problem(column.name(), RefusalReason.REQUIRED_EMPTY));
    } else if (value != Values.ABSENT && column.type().isEnterprise()) {
      value = batch.keep(text, from, to);
    } else if (value != Values.ABSENT && column.type() == ColumnType.LABEL) {
      value = label(text, from, to);
    }
    row[at] = value;
  }

  /**
   * 64 bits of a keyed hash over the vault text: tells equal texts from others without giving them
   * away.
   */
  private long mark() {
    long mark = ByteBuffer.wrap(marks.digest()).getLong();
    return mark == Values.ABSENT ? 0 : mark;
  }

  /** 63 bits of a keyed hash over one text, the same in every dataset. */
  private long label(byte[] text, int from, int to) {
    labels.reset();
    labels.update(markKey);
    labels.update((byte) 'l');
    labels.update(text, from, to - from);
    return ByteBuffer.wrap(labels.digest()).getLong() >>> 1;
  }

  private boolean cellsFit(byte[] bytes) {
    for (int i = layout.cells(); i < tokenizer.cells(); i++) {
      if (tokenizer.end(i) > tokenizer.start(i)) {
        return false;
      }
    }
    return tokenizer.cells() >= layout.cells();
  }

  /** Titles and footers fill few cells; totals say so; a header may come again on each page. */
  private boolean notARecord(byte[] bytes) {
    int filled = 0;
    int firstFilled = -1;
    for (int i = 0; i < tokenizer.cells(); i++) {
      if (tokenizer.end(i) > tokenizer.start(i)) {
        filled++;
        firstFilled = firstFilled < 0 ? i : firstFilled;
      }
    }
    if (filled == 1 && layout.cells() > 2) {
      return true;
    }
    byte lead = bytes[tokenizer.start(firstFilled)];
    if (lead >= 0 || !doubtful(bytes, tokenizer.start(firstFilled))) {
      return false;
    }
    String word = text(bytes, firstFilled).replace("　", "").replace(" ", "");
    int colon = Math.max(word.indexOf('：'), word.indexOf(':'));
    if (FOOTERS.contains(colon > 0 ? word.substring(0, colon) : word)) {
      return true;
    }
    for (int c = 0; c < columns.length; c++) {
      if (positions[c] == firstFilled) {
        String plain = Recognition.plain(word);
        return columns[c].headers().stream().anyMatch(h -> Recognition.plain(h).equals(plain));
      }
    }
    return false;
  }

  /** Whether a record that failed is the header once more, as on each page of a printed list. */
  private boolean headerAgain(byte[] bytes) {
    int same = 0;
    for (int c = 0; c < columns.length && same < 2; c++) {
      int position = positions[c];
      if (position >= 0) {
        String plain = Recognition.plain(text(bytes, position));
        boolean header =
            columns[c].headers().stream().anyMatch(h -> Recognition.plain(h).equals(plain));
        same += header ? 1 : 0;
      }
    }
    return same == 2;
  }

  /**
   * Whether a cell may be a footer or a header by its first character: all of them begin with a
   * Chinese character, three bytes from E4 to E9; most names begin with another one.
   */
  private boolean doubtful(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xE4 || lead > 0xE9 || at + 2 >= bytes.length) {
      return true;
    }
    return doubtful.get((lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F));
  }

  private String text(byte[] bytes, int cell) {
    int from = tokenizer.start(cell);
    return new String(bytes, from, tokenizer.end(cell) - from, StandardCharsets.UTF_8);
  }

  private void refuse(Batch batch, byte[] bytes, int from, List<Batch.Problem> why) {
    batch.refused.add(Batch.Refused.of(batch.records, why, bytes, from, tokenizer.contentEnd()));
  }
}
