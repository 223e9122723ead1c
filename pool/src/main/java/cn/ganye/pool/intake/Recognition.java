package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.source.SourceFile;
import cn.ganye.pool.source.UnreadableSource;
import cn.ganye.reference.PlainForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a file is written: the encoding in which its header is understood, the delimiter,
 * which record is the header, and of which dataset it is.
 */
final class Recognition {
  /** A file that cannot be understood, and why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final RefusalReason reason;

    Refused(RefusalReason reason, String detail) {
      super(detail);
      this.reason = reason;
    }
  }

  private static final int HEAD = 64 << 10;

  /** Nearly every header lies this near to the beginning. */
  private static final int FIRST_LOOK = 4 << 10;

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Pattern BLANKS_AND_MARKS = Pattern.compile("[\\s*\"'\\uFEFF]");
  private static final Pattern BRACKETS = Pattern.compile("\\(.*?\\)");
  private static final int HEADER_WITHIN = 30;
  private static final byte[] DELIMITERS = {',', '\t', ';', '|'};

  /** Words of contracts and headers in their plain form; bounded, since files may hold any text. */
  private static final Map<String, String> PLAIN = new ConcurrentHashMap<>();

  private static final int PLAIN_KEPT = 10_000;

  private final Contracts contracts;

  Recognition(Contracts contracts) {
    this.contracts = contracts;
  }

  /** Opens a table as UTF-8 text, past its byte-order mark. */
  static InputStream open(SourceFile source, Layout layout) throws IOException {
    InputStream in = source.text();
    in.skipNBytes(layout.mark());
    return layout.charset().equals(StandardCharsets.UTF_8)
        ? in
        : new Utf8Stream(
            in, layout.charset(), source.isWrapped() ? Long.MAX_VALUE : source.bytes());
  }

  /** The first bytes of a table's text; a wrapped one is read to its end, to know it is whole. */
  private static byte[] head(SourceFile source) throws IOException, Refused {
    try (InputStream in = source.text()) {
      byte[] head = in.readNBytes(HEAD);
      if (source.isWrapped()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return head;
    } catch (UnreadableSource e) {
      throw new Refused(RefusalReason.valueOf(e.why().name()), String.valueOf(e.getMessage()));
    } catch (ZipException | EOFException e) {
      throw new Refused(
          RefusalReason.BROKEN_ARCHIVE, "the file does not decompress: " + e.getMessage());
    }
  }

  /** The layout of a file. */
  Layout read(SourceFile source, @Nullable Contract named) throws IOException, Refused {
    byte[] head = head(source);
    if (head.length == 0) {
      throw new Refused(RefusalReason.EMPTY_FILE, "the file is empty");
    }
    List<Contract> candidates = named == null ? contracts.all() : List.of(named);
    Found best = best(Arrays.copyOf(head, Math.min(head.length, FIRST_LOOK)), candidates);
    if (best == null || !best.missing.isEmpty()) {
      best = best(head, candidates);
    }
    if (best == null) {
      boolean binary = isBinary(head);
      throw new Refused(
          binary
              ? RefusalReason.NOT_TEXT
              : named == null ? RefusalReason.UNKNOWN_DATASET : RefusalReason.MISSING_COLUMN,
          binary
              ? "the file is not text"
              : named == null
                  ? "neither its name nor its header says which dataset it is"
                  : "no header line of dataset "
                      + named.id()
                      + " is found; required: "
                      + required(named));
    }
    if (!best.missing.isEmpty()) {
      throw new Refused(
          RefusalReason.MISSING_COLUMN, "the header lacks " + String.join(", ", best.missing));
    }
    return source.isWorkbook() ? best.layout.ofWorkbook() : best.layout;
  }

  /** The header that fits best, in whichever encoding and with whichever delimiter. */
  private static @Nullable Found best(byte[] head, List<Contract> candidates) {
    Found best = null;
    for (Encoding encoding : encodings(head)) {
      byte[] text =
          new String(head, encoding.mark, head.length - encoding.mark, encoding.charset)
              .getBytes(StandardCharsets.UTF_8);
      for (byte delimiter : DELIMITERS) {
        for (Found found : headers(text, delimiter, encoding, candidates)) {
          if (best == null || found.better(best)) {
            best = found;
          }
        }
        if (best != null && best.missing.isEmpty()) {
          return best;
        }
      }
    }
    return best;
  }

  private static String required(Contract contract) {
    return contract.columns().stream()
        .filter(Contract.Column::required)
        .map(c -> c.headers().getFirst())
        .collect(Collectors.joining(", "));
  }

  private record Encoding(Charset charset, int mark) {}

  private static List<Encoding> encodings(byte[] head) {
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      return List.of(new Encoding(StandardCharsets.UTF_8, 3));
    }
    if (starts(head, 0xFF, 0xFE)) {
      return List.of(new Encoding(StandardCharsets.UTF_16LE, 2));
    }
    if (starts(head, 0xFE, 0xFF)) {
      return List.of(new Encoding(StandardCharsets.UTF_16BE, 2));
    }
    Encoding utf8 = new Encoding(StandardCharsets.UTF_8, 0);
    Encoding gb18030 = new Encoding(GB18030, 0);
    return isUtf8(head) ? List.of(utf8, gb18030) : List.of(gb18030, utf8);
  }

  /** Whether bytes are UTF-8, but for a character that their end may cut. */
  private static boolean isUtf8(byte[] head) {
    return !StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
        .isError();
  }

  private static boolean starts(byte[] head, int... mark) {
    return head.length >= mark.length
        && Arrays.equals(head, 0, mark.length, toBytes(mark), 0, mark.length);
  }

  private static byte[] toBytes(int[] mark) {
    byte[] bytes = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      bytes[i] = (byte) mark[i];
    }
    return bytes;
  }

  private static boolean isBinary(byte[] head) {
    int odd = 0;
    for (byte b : head) {
      if (b >= 0 && b < 32 && b != '\n' && b != '\r' && b != '\t') {
        odd++;
      }
    }
    return odd * 50 > head.length;
  }

  private record Found(Layout layout, int matched, List<String> missing) {
    boolean better(Found other) {
      if (missing.isEmpty() != other.missing.isEmpty()) {
        return missing.isEmpty();
      }
      if (matched != other.matched) {
        return matched > other.matched;
      }
      return missing.size() < other.missing.size();
    }
  }

  private static List<Found> headers(
      byte[] text, byte delimiter, Encoding encoding, List<Contract> candidates) {
    List<Found> found = new ArrayList<>();
    Tokenizer tokenizer = new Tokenizer(delimiter);
    int at = 0;
    int index = 0;
    List<String> above = List.of();
    while (at < text.length && index < HEADER_WITHIN) {
      int next = tokenizer.next(text, at, text.length, true);
      boolean blank = RecordWalk.blank(text, tokenizer);
      if (!blank) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < tokenizer.cells(); i++) {
          cells.add(
              plain(
                  new String(
                      text,
                      tokenizer.start(i),
                      tokenizer.end(i) - tokenizer.start(i),
                      StandardCharsets.UTF_8)));
        }
        for (Contract contract : candidates) {
          match(contract, cells, delimiter, encoding, index, 1, found);
        }
        List<String> both = under(above, cells);
        if (found.stream().noneMatch(f -> f.missing.isEmpty()) && !both.equals(cells)) {
          for (Contract contract : candidates) {
            match(contract, both, delimiter, encoding, index, 2, found);
          }
        }
        if (found.stream().anyMatch(f -> f.missing.isEmpty())) {
          return found;
        }
        above = cells;
        index++;
      }
      at = next;
    }
    return found;
  }

  /** A header of two lines, whose cells are merged: what is empty below stands above. */
  static List<String> under(List<String> above, List<String> cells) {
    List<String> both = new ArrayList<>(cells);
    for (int i = 0; i < above.size(); i++) {
      if (i >= both.size()) {
        both.add(above.get(i));
      } else if (both.get(i).isEmpty()) {
        both.set(i, above.get(i));
      }
    }
    return both;
  }

  private static void match(
      Contract contract,
      List<String> cells,
      byte delimiter,
      Encoding encoding,
      int index,
      int lines,
      List<Found> found) {
    int[] positions = new int[contract.columns().size()];
    List<String> missing = new ArrayList<>();
    int matched = 0;
    boolean[] taken = new boolean[cells.size()];
    for (int c = 0; c < positions.length; c++) {
      Contract.Column column = contract.columns().get(c);
      boolean shares = column.type().sharesCell();
      positions[c] = position(column, cells, shares ? new boolean[cells.size()] : taken);
      if (positions[c] >= 0) {
        taken[positions[c]] |= !shares;
        matched++;
      } else if (column.required()) {
        missing.add(column.headers().getFirst());
      }
    }
    if (matched == 0 || matched * 3 < Math.min(positions.length, 6)) {
      return;
    }
    for (String header : contract.unused()) {
      matched += cells.contains(plain(header)) ? 1 : 0;
    }
    Layout layout =
        new Layout(
            contract,
            encoding.charset,
            encoding.mark,
            delimiter,
            index,
            lines,
            cells.size(),
            false,
            positions);
    found.add(new Found(layout, matched, missing));
  }

  private static int position(Contract.Column column, List<String> cells, boolean[] taken) {
    for (String header : column.headers()) {
      int at = cells.indexOf(plain(header));
      if (at >= 0 && !taken[at]) {
        return at;
      }
    }
    int at = cells.indexOf(plain(column.name()));
    return at >= 0 && !taken[at] ? at : -1;
  }

  /**
   * A header as it is compared: plain characters, no blanks, no unit in brackets, no mark for
   * required.
   */
  static String plain(String header) {
    String known = PLAIN.get(header);
    if (known != null) {
      return known;
    }
    String plain = makePlain(header);
    if (PLAIN.size() < PLAIN_KEPT) {
      PLAIN.put(header, plain);
    }
    return plain;
  }

  private static String makePlain(String header) {
    String plain = BLANKS_AND_MARKS.matcher(PlainForm.of(header)).replaceAll("");
    return BRACKETS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
