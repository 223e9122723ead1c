package cn.ganye.server.map.internal;

import cn.ganye.reference.Outlines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The outlines in use: those that were brought in by {@code reference import}, else the built-in.
 */
@Component
class MapOutlines {
  private static final FileTime NONE = FileTime.fromMillis(0);

  /** Ready to be sent and drawn. */
  record Ready(
      FileTime at, Outlines.Origin origin, byte[] geoJson, SortedMap<String, double[]> centres) {
    static Ready of(FileTime at, Outlines outlines) {
      return new Ready(
          at,
          outlines.origin(),
          outlines.geoJson().getBytes(StandardCharsets.UTF_8),
          outlines.centres());
    }
  }

  private final Path imported;
  private Ready ready;

  MapOutlines(@Value("${ganye.reference}") Path reference) {
    imported = reference.resolve("outlines.geojson");
    ready = Ready.of(NONE, Outlines.builtIn());
  }

  /** Those in use now; an import is found without a restart. */
  synchronized Ready ready() {
    try {
      FileTime at = Files.exists(imported) ? Files.getLastModifiedTime(imported) : NONE;
      if (!at.equals(ready.at())) {
        ready = Ready.of(at, at.equals(NONE) ? Outlines.builtIn() : read());
      }
      return ready;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outlines read() throws IOException {
    try (InputStream in = Files.newInputStream(imported)) {
      return Outlines.read(in, null, null, null);
    }
  }
}
