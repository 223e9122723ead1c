package cn.ganye.pool.identity;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of encrypted pages: each a length and a ciphertext. Written once, then read page by page.
 */
public final class SealedFile {
  private static final int PAGE = 64 << 10;

  private SealedFile() {}

  /** Writes entries; a page is sealed whenever it is full. */
  public static final class Writer implements AutoCloseable {
    private final Vault vault;
    private final DataOutputStream out;
    private final ByteArrayOutputStream page = new ByteArrayOutputStream(PAGE * 2);

    /** Creates the file. */
    public Writer(Vault vault, Path file) throws IOException {
      Path folder = file.getParent();
      if (folder != null) {
        Vault.makePrivate(folder);
      }
      this.vault = vault;
      this.out = new DataOutputStream(Files.newOutputStream(file));
    }

    /** The stream of the page being filled; call {@link #entryDone} after each entry. */
    public DataOutputStream entry() {
      return new DataOutputStream(page);
    }

    /** Says that an entry is whole: a page never ends inside one. */
    public void entryDone() throws IOException {
      if (page.size() >= PAGE) {
        seal();
      }
    }

    private void seal() throws IOException {
      byte[] sealed = vault.encrypt(page.toByteArray(), 0, page.size());
      out.writeInt(sealed.length);
      out.write(sealed);
      page.reset();
    }

    @Override
    public void close() throws IOException {
      if (page.size() > 0) {
        seal();
      }
      out.close();
    }
  }

  /**
   * The number of the key that a file is sealed by: all its pages are, since it is written by one
   * process or anew as a whole; 0 if it has none.
   */
  public static int keyNumber(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] head = in.readNBytes(Integer.BYTES + 1 + Integer.BYTES);
      return head.length < Integer.BYTES + 1 + Integer.BYTES
          ? 0
          : Vault.keyNumber(Arrays.copyOfRange(head, Integer.BYTES, head.length));
    }
  }

  /** Writes the pages of a file anew, under the key that seals now. */
  public static void reseal(Vault vault, Path file, Path into) throws IOException {
    try (Writer writer = new Writer(vault, into)) {
      read(
          vault,
          file,
          (entries, length) -> {
            entries.transferTo(writer.page);
            writer.seal();
          });
    }
  }

  /** Reads one page after the other. */
  @FunctionalInterface
  public interface PageReader {
    /** Takes a page's plain bytes. */
    void page(DataInputStream entries, int length) throws IOException;
  }

  /** Opens every page in order. */
  public static void read(Vault vault, Path file, PageReader reader) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (byte[] sealed = next(in, file); sealed != null; sealed = next(in, file)) {
        byte[] plain = vault.decrypt(sealed);
        reader.page(new DataInputStream(new java.io.ByteArrayInputStream(plain)), plain.length);
      }
    }
  }

  /** The next page as it lies there; null at the end. */
  private static byte @Nullable [] next(DataInputStream in, Path file) throws IOException {
    try {
      return in.readNBytes(in.readInt());
    } catch (EOFException end) {
      return null;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
