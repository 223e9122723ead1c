package cn.ganye.server.analysis.internal.close;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/** The brief as one page of A4; where much is explained, in smaller type. */
final class BriefPdf {
  static final String MEDIA_TYPE = "application/pdf";

  private static final Color INK = new Color(0x1d2430);
  private static final Color FAINT = new Color(0x55607a);
  private static final Color RULE = new Color(0xd9dee8);
  private static final Color COBALT = new Color(0x1f4e9c);
  private static final Color OCHRE = new Color(0xb26a1b);
  private static final float MARGIN = 40;
  private static final float CHART_WIDTH = 250;
  private static final float CHART_HEIGHT = 112;
  private static final float[] WIDTHS = {2.5f, 1.25f, 1.45f, 1.45f, 4.4f, 0.7f};

  /** Tried one after the other until everything is on one page. */
  private static final float[] SCALES = {1, 0.92f, 0.84f, 0.76f, 0.68f, 0.6f};

  private static final BaseFont TYPE = type();

  private final Brief brief;
  private final float scale;

  private BriefPdf(Brief brief, float scale) {
    this.brief = brief;
    this.scale = scale;
  }

  private static BaseFont type() {
    String name = "NotoSansSC_400Regular.ttf";
    try (InputStream font = BriefPdf.class.getResourceAsStream("/fonts/" + name)) {
      return BaseFont.createFont(
          name,
          BaseFont.IDENTITY_H,
          BaseFont.EMBEDDED,
          true,
          Objects.requireNonNull(font, name).readAllBytes(),
          null);
    } catch (IOException e) {
      throw new IllegalStateException("the type of the brief", e);
    }
  }

  static byte[] of(Brief brief) {
    byte[] page = new byte[0];
    for (float scale : SCALES) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int pages = new BriefPdf(brief, scale).write(out);
      page = out.toByteArray();
      if (pages == 1) {
        break;
      }
    }
    return page;
  }

  private int write(ByteArrayOutputStream out) {
    try (Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
      PdfWriter writer = PdfWriter.getInstance(document, out);
      document.addTitle(brief.title());
      document.addCreator("赣业通");
      document.open();
      document.add(text(brief.title(), 20, INK, Font.BOLD, 0));
      document.add(text(brief.subtitle(), 9, FAINT, Font.NORMAL, 2));
      if (!brief.banner().isEmpty()) {
        document.add(text(brief.banner(), 10, OCHRE, Font.BOLD, 2));
      }
      document.add(table());
      document.add(charts(writer.getDirectContent()));
      part(document, "变化的原因", brief.reasons(), 9.5f);
      part(document, "口径", brief.definitions(), 7.2f);
      document.add(text(brief.foot(), 7.2f, FAINT, Font.NORMAL, 4));
      return writer.getPageNumber();
    }
  }

  private Font font(float size, Color colour, int style) {
    return new Font(TYPE, size * scale, style, colour);
  }

  private Paragraph text(String text, float size, Color colour, int style, float before) {
    Paragraph paragraph = new Paragraph(text, font(size, colour, style));
    paragraph.setLeading(size * scale * 1.45f);
    paragraph.setSpacingBefore(before);
    return paragraph;
  }

  private void part(Document document, String title, List<Brief.Text> texts, float size) {
    if (texts.isEmpty()) {
      return;
    }
    document.add(text(title, 10.5f, INK, Font.BOLD, 6));
    for (Brief.Text one : texts) {
      Paragraph paragraph = text("", size, INK, Font.NORMAL, 1.5f);
      paragraph.add(new Chunk(one.title() + "　", font(size, COBALT, Font.BOLD)));
      paragraph.add(new Chunk(one.text(), font(size, size < 8 ? FAINT : INK, Font.NORMAL)));
      document.add(paragraph);
    }
  }

  private PdfPTable table() {
    PdfPTable table = new PdfPTable(WIDTHS);
    table.setWidthPercentage(100);
    table.setSpacingBefore(8);
    for (int i = 0; i < Brief.COLUMNS.size(); i++) {
      table.addCell(cell(Brief.COLUMNS.get(i), i, true));
    }
    for (Brief.Row row : brief.rows()) {
      List<String> cells = row.cells();
      for (int i = 0; i < cells.size(); i++) {
        table.addCell(cell(cells.get(i), i, false));
      }
    }
    return table;
  }

  private PdfPCell cell(String text, int column, boolean head) {
    boolean number = column >= 1 && column <= 3;
    Font font =
        head
            ? font(8.5f, FAINT, Font.NORMAL)
            : font(
                column == 4 ? 8 : column == 2 || column == 3 ? 9 : 9.5f,
                INK,
                column == 1 ? Font.BOLD : Font.NORMAL);
    PdfPCell cell = new PdfPCell(new Phrase(text, font));
    cell.setHorizontalAlignment(number ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
    cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(head ? FAINT : RULE);
    cell.setBorderWidth(0.6f);
    cell.setPaddingTop(2.5f * scale);
    cell.setPaddingBottom(4.5f * scale);
    cell.setPaddingLeft(column == 4 ? 10 : 2);
    return cell;
  }

  private PdfPTable charts(PdfContentByte over) {
    PdfPTable pair = new PdfPTable(2);
    pair.setWidthPercentage(100);
    pair.setSpacingBefore(6);
    boolean ranks = brief.ranking().labels().size() > 1;
    pair.addCell(picture(over, brief.trend(), false));
    pair.addCell(
        ranks ? picture(over, brief.ranking(), true) : picture(over, brief.second(), false));
    return pair;
  }

  private PdfPCell picture(PdfContentByte over, Brief.Chart chart, boolean bars) {
    PdfTemplate canvas = over.createTemplate(CHART_WIDTH, CHART_HEIGHT);
    write(canvas, chart.title(), 0, CHART_HEIGHT - 10, 8.5f, INK, Element.ALIGN_LEFT);
    if (chart.values().stream().allMatch(Objects::isNull)) {
      write(canvas, "没有可画的数字", 0, CHART_HEIGHT / 2, 8, FAINT, Element.ALIGN_LEFT);
    } else if (bars) {
      bars(canvas, chart);
    } else {
      line(canvas, chart);
    }
    PdfPCell cell = new PdfPCell(Image.getInstance(canvas), true);
    cell.setBorder(Rectangle.NO_BORDER);
    cell.setPadding(4);
    return cell;
  }

  private static void write(
      PdfContentByte canvas,
      String text,
      float x,
      float y,
      float size,
      Color colour,
      int alignment) {
    canvas.beginText();
    canvas.setFontAndSize(TYPE, size);
    canvas.setColorFill(colour);
    canvas.showTextAligned(alignment, text, x, y, 0);
    canvas.endText();
  }

  /** A line with gaps where nothing is told, its scale from the least to the largest value. */
  private static void line(PdfContentByte canvas, Brief.Chart chart) {
    float left = 44;
    float bottom = 16;
    float width = CHART_WIDTH - left - 6;
    float height = CHART_HEIGHT - bottom - 20;
    List<@Nullable Double> values = chart.values();
    double low = values.stream().filter(Objects::nonNull).mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().filter(Objects::nonNull).mapToDouble(v -> v).max().orElse(1);
    double span = high > low ? high - low : Math.max(1, Math.abs(high));
    canvas.setLineWidth(0.5f);
    canvas.setColorStroke(RULE);
    for (double level : new double[] {low, high}) {
      float y = bottom + (float) ((level - low) / span) * height;
      canvas.moveTo(left, y);
      canvas.lineTo(left + width, y);
      canvas.stroke();
      write(canvas, axis(level), left - 4, y - 2.5f, 7, FAINT, Element.ALIGN_RIGHT);
    }
    canvas.setLineWidth(1.4f);
    canvas.setColorStroke(COBALT);
    canvas.setColorFill(COBALT);
    float step = values.size() > 1 ? width / (values.size() - 1) : 0;
    boolean drawing = false;
    for (int at = 0; at < values.size(); at++) {
      Double value = values.get(at);
      if (value == null) {
        drawing = false;
        continue;
      }
      float x = left + at * step;
      float y = bottom + (float) ((value - low) / span) * height;
      boolean more = at + 1 < values.size() && values.get(at + 1) != null;
      if (drawing) {
        canvas.lineTo(x, y);
      } else {
        canvas.moveTo(x, y);
      }
      drawing = more;
      if (!more) {
        canvas.stroke();
        canvas.circle(x, y, 1.6f);
        canvas.fill();
      }
    }
    write(canvas, chart.labels().getFirst(), left, 4, 7, FAINT, Element.ALIGN_LEFT);
    write(canvas, chart.labels().getLast(), left + width, 4, 7, FAINT, Element.ALIGN_RIGHT);
  }

  private static final int BARS = 12;

  /** The fastest and the slowest, from a line at zero. */
  private static void bars(PdfContentByte canvas, Brief.Chart chart) {
    int n = chart.labels().size();
    List<Integer> shown =
        IntStream.range(0, n)
            .filter(i -> n <= BARS || i < BARS / 2 || i >= n - BARS / 2)
            .boxed()
            .toList();
    float left = 66;
    float width = CHART_WIDTH - left - 34;
    float height = (CHART_HEIGHT - 18) / shown.size();
    double low =
        Math.min(0, chart.values().stream().mapToDouble(v -> v == null ? 0 : v).min().orElse(0));
    double high =
        Math.max(0, chart.values().stream().mapToDouble(v -> v == null ? 0 : v).max().orElse(0));
    double span = high > low ? high - low : 1;
    float zero = left + (float) (-low / span) * width;
    float y = CHART_HEIGHT - 16;
    for (int i : shown) {
      Double value = chart.values().get(i);
      y -= height;
      float size = Math.min(7, height * 0.86f);
      write(
          canvas,
          chart.labels().get(i),
          left - 26,
          y + height * 0.25f,
          size,
          INK,
          Element.ALIGN_RIGHT);
      if (value != null) {
        float end = left + (float) ((value - low) / span) * width;
        canvas.setColorFill(value < 0 ? OCHRE : COBALT);
        canvas.rectangle(
            Math.min(zero, end), y + height * 0.15f, Math.abs(end - zero), height * 0.7f);
        canvas.fill();
        write(
            canvas,
            String.format(Locale.ROOT, "%+.1f", value).replace('-', '−'),
            value < 0 ? end - 2 : end + 2,
            y + height * 0.25f,
            size,
            FAINT,
            value < 0 ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
      }
    }
  }

  private static String axis(double value) {
    return Math.abs(value) >= 10_000
        ? String.format(Locale.ROOT, "%.1f 万", value / 10_000)
        : String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.2f", value);
  }
}
