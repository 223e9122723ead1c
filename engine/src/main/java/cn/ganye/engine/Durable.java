package cn.ganye.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes of files that a power cut does not undo, nor leaves half done. */
public final class Durable {
  private Durable() {}

  /** Writes a file whole: the old content or the new one is there, at any moment. */
  public static void write(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    move(part, file);
  }

  /** Moves a file into its place, over what may be there. */
  public static void move(Path from, Path to) throws IOException {
    sync(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = to.getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /** Sees that a file's content, or what came into a folder or left it, stays so. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
