package cn.ganye.pool.source;

import cn.ganye.pool.source.UnreadableSource.Why;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A ZIP archive; names of members are in UTF-8 if they say so, else in GBK. */
final class Archive {
  private static final Charset NAMES = Charset.forName("GB18030");

  private Archive() {}

  /**
   * The members that hold anything, by the names that they have in it.
   *
   * @throws UnreadableSource if it is broken, its names lead out of it, or it unpacks to too much
   */
  static List<String> members(Path file) throws IOException {
    List<String> members = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long unpacked = 0;
    try (ZipFile zip = open(file)) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        String name = entry.getName();
        if (leadsOut(name) || !seen.add(name)) {
          throw new UnreadableSource(
              Why.UNSAFE_ARCHIVE, "the archive has a member that no archive should have: " + name);
        }
        unpacked += Math.max(0, entry.getSize());
        if (!entry.isDirectory() && !ignored(name)) {
          members.add(name);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UnreadableSource(Why.BROKEN_ARCHIVE, "the names in the archive are no text", e);
    }
    if (unpacked > Bounded.bound(Files.size(file))) {
      throw Bounded.tooLarge();
    }
    return members;
  }

  /** The bytes of a member; closing them closes the archive. */
  static InputStream open(Path file, String member) throws IOException {
    ZipFile zip = open(file);
    try {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new UnreadableSource(Why.BROKEN_ARCHIVE, "the archive has no member " + member);
      }
      InputStream bytes = new Bounded(zip.getInputStream(entry), entry.getCompressedSize());
      return new FilterInputStream(bytes) {
        @Override
        public void close() throws IOException {
          super.close();
          zip.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), NAMES);
    } catch (ZipException e) {
      throw new UnreadableSource(
          Why.BROKEN_ARCHIVE, "the archive does not open: " + e.getMessage(), e);
    }
  }

  private static boolean leadsOut(String name) {
    String plain = name.replace('\\', '/');
    return plain.startsWith("/")
        || plain.matches("[A-Za-z]:.*")
        || List.of(plain.split("/")).contains("..");
  }

  /** As in folders, and what another system's archiver adds. */
  private static boolean ignored(String name) {
    for (String part : name.replace('\\', '/').split("/")) {
      if (part.startsWith(".") || part.startsWith("_")) {
        return true;
      }
    }
    return false;
  }
}
