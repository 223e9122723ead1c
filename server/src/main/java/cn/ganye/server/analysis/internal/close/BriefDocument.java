package cn.ganye.server.analysis.internal.close;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.util.Units;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;

/** The brief as a text document: its charts are charts, so that an office can work on. */
final class BriefDocument {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private static final String TYPE = "Microsoft YaHei";
  private static final int CHART_WIDTH = 15 * Units.EMU_PER_CENTIMETER;
  private static final int CHART_HEIGHT = 6 * Units.EMU_PER_CENTIMETER;
  private static final long MARGIN = 1_000;

  private final XWPFDocument document;

  private BriefDocument(XWPFDocument document) {
    this.document = document;
  }

  static byte[] of(Brief brief) throws IOException {
    try (XWPFDocument document = new XWPFDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      new BriefDocument(document).fill(brief);
      document.write(out);
      return out.toByteArray();
    } catch (InvalidFormatException e) {
      throw new IOException(e);
    }
  }

  private void fill(Brief brief) throws IOException, InvalidFormatException {
    CTPageMar margin = document.getDocument().getBody().addNewSectPr().addNewPgMar();
    margin.setLeft(MARGIN);
    margin.setRight(MARGIN);
    margin.setTop(MARGIN);
    margin.setBottom(MARGIN);
    paragraph(brief.title(), 20, true, "1D2430");
    paragraph(brief.subtitle(), 9, false, "55607A");
    if (!brief.banner().isEmpty()) {
      paragraph(brief.banner(), 10, true, "B26A1B");
    }
    table(brief);
    chart(brief.trend(), false);
    if (brief.ranking().labels().size() > 1) {
      chart(brief.ranking(), true);
    } else {
      chart(brief.second(), false);
    }
    texts("变化的原因", brief.reasons(), 10);
    texts("口径", brief.definitions(), 8);
    paragraph(brief.foot(), 8, false, "55607A");
  }

  private void chart(Brief.Chart chart, boolean bars) throws IOException, InvalidFormatException {
    if (chart.values().stream().anyMatch(Objects::nonNull)) {
      BriefChart.draw(document.createChart(CHART_WIDTH, CHART_HEIGHT), chart, bars);
    }
  }

  private void texts(String title, List<Brief.Text> texts, int size) {
    if (!texts.isEmpty()) {
      paragraph(title, 11, true, "1D2430");
    }
    for (Brief.Text text : texts) {
      XWPFParagraph paragraph = document.createParagraph();
      paragraph.setSpacingAfter(40);
      run(paragraph, text.title() + "　", size, true, "1F4E9C");
      run(paragraph, text.text(), size, false, "1D2430");
    }
  }

  private void paragraph(String text, int size, boolean bold, String colour) {
    XWPFParagraph paragraph = document.createParagraph();
    paragraph.setSpacingAfter(60);
    run(paragraph, text, size, bold, colour);
  }

  private static void run(
      XWPFParagraph paragraph, String text, int size, boolean bold, String colour) {
    XWPFRun run = paragraph.createRun();
    run.setText(text);
    run.setFontSize(size);
    run.setBold(bold);
    run.setColor(colour);
    run.setFontFamily(TYPE);
    run.setFontFamily(TYPE, XWPFRun.FontCharRange.eastAsia);
  }

  private void table(Brief brief) {
    XWPFTable table = document.createTable(brief.rows().size() + 1, Brief.COLUMNS.size());
    table.setWidth("100%");
    for (int row = 0; row <= brief.rows().size(); row++) {
      List<String> cells = row == 0 ? Brief.COLUMNS : brief.rows().get(row - 1).cells();
      for (int column = 0; column < cells.size(); column++) {
        XWPFParagraph paragraph = table.getRow(row).getCell(column).getParagraphArray(0);
        paragraph.setSpacingAfter(20);
        paragraph.setAlignment(
            column >= 1 && column <= 3 ? ParagraphAlignment.RIGHT : ParagraphAlignment.LEFT);
        run(
            paragraph,
            cells.get(column),
            row == 0 || column == 4 ? 8 : 9,
            row > 0 && column == 1,
            row == 0 ? "55607A" : "1D2430");
      }
    }
  }
}
