package cn.ganye.pool.lake;

import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.source.FileBytes;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Files as their senders sent them, many in one bundle: compressed by Zstandard, a megabyte to a
 * frame, each sealed in pages. Within them each file is its path, its length and its bytes.
 */
public final class RawFiles {
  private static final int LEVEL = 1;
  private static final int FRAME = 1 << 20;
  private static final int BUFFER = 1 << 17;

  private RawFiles() {}

  /** A bundle being written. */
  public static final class Bundle implements AutoCloseable {
    private final DataOutputStream out;

    /** Creates the file. */
    public Bundle(Vault vault, Path file) throws IOException {
      out = new DataOutputStream(new Frames(new SealedFile.Writer(vault, file)));
    }

    /**
     * Adds a file.
     *
     * @param path relative to the folder that it came in
     */
    public void add(String path, Path file) throws IOException {
      long length = Files.size(file);
      out.writeUTF(path);
      out.writeLong(length);
      try (InputStream in = FileBytes.open(file)) {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
          int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
          if (read < 0) {
            throw changed(path);
          }
          out.write(buffer, 0, read);
          left -= read;
        }
        if (in.read() >= 0) {
          throw changed(path);
        }
      }
    }

    private static PoolProblem changed(String path) {
      return PoolProblem.work(
          "file-changed",
          path,
          "the file changed while it was being taken in",
          "build again once its sender has finished writing it");
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /**
   * A stream of bytes, compressed frame by frame: what lies together as a whole takes less time
   * than a stream whose window has to be kept.
   */
  private static final class Frames extends OutputStream {
    private final SealedFile.Writer writer;
    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(LEVEL);
    private final byte[] plain = new byte[FRAME];
    private final byte[] packed = new byte[(int) Zstd.compressBound(FRAME)];
    private int filled;

    Frames(SealedFile.Writer writer) {
      this.writer = writer;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int part = Math.min(length - done, FRAME - filled);
        System.arraycopy(bytes, from + done, plain, filled, part);
        filled += part;
        done += part;
        if (filled == FRAME) {
          pack();
        }
      }
    }

    private void pack() throws IOException {
      int length = compressor.compressByteArray(packed, 0, packed.length, plain, 0, filled);
      filled = 0;
      writer.entry().write(packed, 0, length);
      writer.entryDone();
    }

    @Override
    public void close() throws IOException {
      try (compressor;
          writer) {
        if (filled > 0) {
          pack();
        }
      }
    }
  }

  /**
   * Unpacks files of a bundle.
   *
   * @param paths of the files wanted
   * @param into folder that receives them under these paths; what is in it is personal data
   */
  public static void unpack(Vault vault, Path bundle, Set<String> paths, Path into)
      throws IOException {
    Vault.makePrivate(into);
    Path packed = Files.createTempFile(into, "bundle-", ".zst");
    try {
      try (OutputStream out = Files.newOutputStream(packed)) {
        SealedFile.read(vault, bundle, (entries, length) -> entries.transferTo(out));
      }
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(new ZstdInputStream(Files.newInputStream(packed)), BUFFER))) {
        while (true) {
          String path;
          try {
            path = in.readUTF();
          } catch (EOFException end) {
            return;
          }
          long length = in.readLong();
          if (paths.contains(path)) {
            copy(in, length, within(into, path));
          } else {
            in.skipNBytes(length);
          }
        }
      }
    } finally {
      Files.deleteIfExists(packed);
    }
  }

  private static Path within(Path folder, String path) throws IOException {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("leads out of its folder: " + path);
    }
    Files.createDirectories(file.resolveSibling(""));
    return file;
  }

  private static void copy(InputStream in, long length, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[BUFFER];
      for (long left = length; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
        if (read < 0) {
          throw new EOFException(to.toString());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
