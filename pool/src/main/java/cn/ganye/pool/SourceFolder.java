package cn.ganye.pool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The folder that offices' files come to. */
public final class SourceFolder {
  private SourceFolder() {}

  /**
   * The files in it that a build looks at: all but those whose name, or that of a folder over them,
   * begins with a dot or an underscore, and the pool itself if it lies there.
   */
  public static List<Path> files(Path folder, Path pool) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            boolean skip =
                !dir.equals(folder)
                    && (ignored(dir) || Files.exists(pool) && Files.isSameFile(dir, pool));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file) && !ignored(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (Files.exists(file)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean ignored(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith("_") || name.startsWith(".");
  }
}
