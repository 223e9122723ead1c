package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.source.Formats;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table that a file holds, as its header lays it out: to show the text of a refused record cell
 * by cell.
 */
public final class SourceTable {
  private static final int HEAD = 64 << 10;

  private final byte delimiter;
  private final List<String> header;

  private SourceTable(byte delimiter, List<String> header) {
    this.delimiter = delimiter;
    this.header = header;
  }

  /**
   * That of a file; empty if the file is gone or its header is not understood.
   *
   * @param path of the file relative to its folder: its name may say which dataset it is
   */
  public static Optional<SourceTable> of(Path folder, String path, Contracts contracts)
      throws IOException {
    SourceFile source = Formats.find(folder, path).orElse(null);
    if (source == null) {
      return Optional.empty();
    }
    Layout layout = PlannedFile.of(source, contracts).layout();
    if (layout == null) {
      return Optional.empty();
    }
    byte[] head;
    try (InputStream in = Recognition.open(source, layout)) {
      head = in.readNBytes(HEAD);
    }
    Tokenizer tokenizer = new Tokenizer(layout.delimiter());
    int at = 0;
    List<String> header = List.of();
    for (int seen = -1; seen < layout.headerRecord(); ) {
      at = tokenizer.next(head, at, head.length, true);
      if (!RecordWalk.blank(head, tokenizer)) {
        seen++;
        List<String> line = cells(head, tokenizer);
        header = layout.header().has(seen) ? Recognition.under(header, line) : List.of();
      }
    }
    return Optional.of(new SourceTable(layout.delimiter(), header));
  }

  /** The cells of the header. */
  public List<String> header() {
    return header;
  }

  /** The cells of a record. */
  public List<String> cells(String record) {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    Tokenizer tokenizer = new Tokenizer(delimiter);
    tokenizer.next(bytes, 0, bytes.length, true);
    return cells(bytes, tokenizer);
  }

  private static List<String> cells(byte[] bytes, Tokenizer tokenizer) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < tokenizer.cells(); i++) {
      String text =
          new String(
              bytes,
              tokenizer.start(i),
              tokenizer.end(i) - tokenizer.start(i),
              StandardCharsets.UTF_8);
      cells.add(tokenizer.quoted(i) ? text.replace("\"\"", "\"") : text);
    }
    return cells;
  }
}
