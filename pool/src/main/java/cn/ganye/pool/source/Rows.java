package cn.ganye.pool.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table's rows, one after the other, its header among them. */
interface Rows extends Closeable {
  /** The cells of the next row; null at the end. */
  @Nullable List<String> next() throws IOException;
}
