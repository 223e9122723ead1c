package cn.ganye.pool.intake;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of UTF-8 text into blocks that end where a record ends. */
final class Blocks implements AutoCloseable {
  /** Bytes of a block. */
  static final int SIZE = 1 << 20;

  /** What is kept of the text of a refused record. */
  static final int KEPT = 64 << 10;

  private final InputStream in;
  private final Tokenizer tokenizer;

  /** Bytes that are still expected, those in the buffer included. */
  private long expected;

  private byte[] buffer;
  private int filled;
  private boolean ended;

  /** Reads a stream of about {@code bytes} bytes; there may be more or fewer. */
  Blocks(InputStream in, byte delimiter, long bytes) {
    this.in = in;
    this.expected = bytes;
    this.buffer = new byte[room(bytes)];
    this.tokenizer = new Tokenizer(delimiter);
  }

  /** The blocks of a file's text. */
  static Blocks of(SourceFile source, Layout layout) throws IOException {
    return new Blocks(Recognition.open(source, layout), layout.delimiter(), bytes(source, layout));
  }

  /** About as many bytes as a file's text has in UTF-8; many where nobody knows. */
  private static long bytes(SourceFile source, Layout layout) {
    if (source.isWrapped()) {
      return Long.MAX_VALUE / 2;
    }
    return layout.charset().equals(StandardCharsets.UTF_8) ? source.bytes() : source.bytes() * 2;
  }

  /** For so many bytes, and the end after them. */
  private static int room(long bytes) {
    return (int) Math.min(SIZE, bytes + 1);
  }

  /** The next block, or null at the end. */
  @Nullable Block next() throws IOException {
    fill();
    if (filled == 0) {
      return null;
    }
    if (ended) {
      Block rest = new Block(buffer, filled, null);
      buffer = new byte[0];
      filled = 0;
      return rest;
    }
    int end = lastBoundary();
    if (end == 0 && buffer.length < SIZE) {
      buffer = Arrays.copyOf(buffer, SIZE);
      return next();
    }
    return end > 0 ? cut(end) : oversize();
  }

  private void fill() throws IOException {
    while (!ended && filled < buffer.length) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    }
  }

  private int lastBoundary() {
    boolean quotes = false;
    for (int i = 0; i < filled; i++) {
      if (buffer[i] == '"') {
        quotes = true;
        break;
      }
    }
    if (!quotes) {
      for (int i = filled - 1; i >= 0; i--) {
        if (buffer[i] == '\n') {
          return i + 1;
        }
      }
      return 0;
    }
    int end = 0;
    for (int next = tokenizer.next(buffer, 0, filled, false);
        next > 0;
        next = tokenizer.next(buffer, end, filled, false)) {
      end = next;
    }
    return end;
  }

  private Block cut(int end) {
    Block block = new Block(buffer, end, null);
    expected = Math.max(expected - end, filled - end + KEPT);
    byte[] rest = new byte[room(expected)];
    System.arraycopy(buffer, end, rest, 0, filled - end);
    filled -= end;
    buffer = rest;
    return block;
  }

  /** Reads on to the end of the line without keeping it. */
  private Block oversize() throws IOException {
    byte[] head = Arrays.copyOf(buffer, KEPT);
    MessageDigest digest = Hashes.sha256();
    long length = 0;
    while (true) {
      int newline = -1;
      for (int i = 0; i < filled; i++) {
        if (buffer[i] == '\n') {
          newline = i;
          break;
        }
      }
      int part = newline < 0 ? filled : newline;
      digest.update(buffer, 0, part);
      length += part;
      if (newline >= 0) {
        System.arraycopy(buffer, newline + 1, buffer, 0, filled - newline - 1);
        filled -= newline + 1;
        break;
      }
      filled = 0;
      fill();
      if (filled == 0) {
        break;
      }
    }
    return new Block(head, KEPT, new Block.Oversize(length, Hashes.hex(digest)));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
