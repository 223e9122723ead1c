package cn.ganye.pool.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns a stream in another encoding into UTF-8; bytes that are no text become U+FFFD. */
final class Utf8Stream extends InputStream {
  private static final int LEAST = 64;
  private static final int MOST = 1 << 16;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer raw;
  private final CharBuffer chars;
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private boolean ended;

  /** Reads a stream of about {@code bytes} bytes. */
  Utf8Stream(InputStream in, Charset charset, long bytes) {
    this.in = in;
    int room = (int) Math.clamp(bytes, LEAST, MOST);
    this.raw = ByteBuffer.allocate(room);
    this.chars = CharBuffer.allocate(room);
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    raw.flip();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!ready.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decodeMore();
    }
    int count = Math.min(length, ready.remaining());
    ready.get(target, offset, count);
    return count;
  }

  private void decodeMore() throws IOException {
    raw.compact();
    int read = in.read(raw.array(), raw.position(), raw.remaining());
    if (read > 0) {
      raw.position(raw.position() + read);
    }
    raw.flip();
    ended = read < 0;
    chars.clear();
    decoder.decode(raw, chars, ended);
    if (ended) {
      decoder.flush(chars);
    }
    chars.flip();
    ready = StandardCharsets.UTF_8.encode(chars);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
