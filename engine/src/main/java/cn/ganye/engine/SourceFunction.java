package cn.ganye.engine;

import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/** Hands the rows of the current {@link RowSource} to DuckDB, on one of its threads at a time. */
final class SourceFunction implements DuckDBTableFunction<RowSource, String, String> {
  private @Nullable RowSource current;
  private @Nullable Exception failure;

  /** From now on the rows come from this source. */
  void begin(RowSource source) {
    current = source;
    failure = null;
  }

  /** No rows come any more. */
  void end() {
    current = null;
  }

  /** What the source threw; null if nothing. */
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public RowSource bind(DuckDBTableFunctionBindInfo info) throws Exception {
    RowSource source = current;
    if (source == null) {
      throw new IllegalStateException("row_source() is for the engine alone");
    }
    for (RowSource.Column column : source.columns()) {
      info.addResultColumn(
          column.name(),
          switch (column.kind()) {
            case INTEGER, WORD -> DuckDBColumnType.INTEGER;
            case BIGINT -> DuckDBColumnType.BIGINT;
          });
    }
    return source;
  }

  @Override
  public String init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(1);
    return "global";
  }

  @Override
  public String localInit(DuckDBTableFunctionInitInfo info) {
    return "local";
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter writer)
      throws Exception {
    RowSource rows = info.getBindData();
    try {
      return rows.next(new Chunk(writer));
    } catch (Exception e) {
      failure = e;
      throw e;
    }
  }
}
