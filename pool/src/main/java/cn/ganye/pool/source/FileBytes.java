package cn.ganye.pool.source;

import cn.ganye.pool.PoolProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file that was sent. A disk that fails under it is told with the file's name. */
public final class FileBytes extends FilterInputStream {
  private final Path file;

  private FileBytes(Path file, InputStream in) {
    super(in);
    this.file = file;
  }

  /** Opens it. */
  public static InputStream open(Path file) throws IOException {
    return new FileBytes(file, Files.newInputStream(file));
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static PoolProblem unreadable(Path file, IOException failure) {
    return PoolProblem.work(
        "file-unreadable",
        file.toString(),
        "the disk cannot read it: " + failure.getMessage(),
        "bring the file again, or take it out of the folder, and run this again; nothing of it was taken in");
  }
}
