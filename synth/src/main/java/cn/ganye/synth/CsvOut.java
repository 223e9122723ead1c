package cn.ganye.synth;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text with commas, as an office would: encoding, line end and byte-order mark as its habit is. */
final class CsvOut extends TableOut {
  private static final int FLUSH = 1 << 16;

  /** Digits of the largest long. */
  private static final int LONGEST = 19;

  private final OutputStream out;
  private final Charset charset;
  private final byte[] lineEnd;
  private byte[] buffer = new byte[FLUSH * 2];
  private int filled;

  /** Where in the buffer this record began. */
  private int began;

  private byte[] aside = {};
  private boolean fresh = true;
  private long records;

  /** Writes into a stream that it closes. */
  CsvOut(OutputStream out, Charset charset, boolean mark, boolean windows) throws IOException {
    this.out = out;
    this.charset = charset;
    this.lineEnd = (windows ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
    if (mark) {
      out.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    }
  }

  @Override
  CsvOut header(String line) throws IOException {
    raw(line);
    newline();
    return this;
  }

  @Override
  void line(String text) throws IOException {
    raw(text);
    end();
  }

  @Override
  CsvOut cell(String text) {
    comma();
    raw(text);
    return this;
  }

  @Override
  CsvOut cell(byte[] text) {
    comma();
    room(text.length);
    System.arraycopy(text, 0, buffer, filled, text.length);
    filled += text.length;
    return this;
  }

  @Override
  CsvOut yuan(long fen) {
    comma();
    if (fen < 0) {
      room(1);
      buffer[filled++] = '-';
    }
    long plain = Math.abs(fen);
    digits(plain / 100);
    room(3);
    buffer[filled++] = '.';
    buffer[filled++] = (byte) ('0' + plain / 10 % 10);
    buffer[filled++] = (byte) ('0' + plain % 10);
    return this;
  }

  @Override
  CsvOut number(long number) {
    comma();
    digits(number);
    return this;
  }

  /** As 2023-01-05. */
  @Override
  CsvOut day(int yyyymmdd) {
    comma();
    digits(yyyymmdd / 10_000);
    two('-', yyyymmdd / 100 % 100);
    two('-', yyyymmdd % 100);
    return this;
  }

  private void two(char lead, int number) {
    room(3);
    buffer[filled++] = (byte) lead;
    buffer[filled++] = (byte) ('0' + number / 10);
    buffer[filled++] = (byte) ('0' + number % 10);
  }

  @Override
  void aside() {
    aside = Arrays.copyOfRange(buffer, began, filled);
    filled = began;
    fresh = true;
  }

  @Override
  CsvOut again() {
    return cell(aside);
  }

  @Override
  long end() throws IOException {
    newline();
    return ++records;
  }

  private void newline() throws IOException {
    room(2);
    for (byte b : lineEnd) {
      buffer[filled++] = b;
    }
    fresh = true;
    if (filled >= FLUSH) {
      flush();
    }
    began = filled;
  }

  private void comma() {
    if (!fresh) {
      room(1);
      buffer[filled++] = ',';
    }
    fresh = false;
  }

  private void raw(String text) {
    fresh = false;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
  }

  private void digits(long number) {
    int length = 1;
    for (long power = 10; length < LONGEST && number >= power; power *= 10) {
      length++;
    }
    room(length);
    filled += length;
    long rest = number;
    for (int at = filled - 1; at >= filled - length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private void room(int more) {
    if (filled + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, (filled + more) * 2);
    }
  }

  private void flush() throws IOException {
    if (charset.equals(StandardCharsets.UTF_8)) {
      out.write(buffer, 0, filled);
    } else {
      out.write(new String(buffer, 0, filled, StandardCharsets.UTF_8).getBytes(charset));
    }
    filled = 0;
  }

  @Override
  long records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
