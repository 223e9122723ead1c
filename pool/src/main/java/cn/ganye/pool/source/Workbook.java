package cn.ganye.pool.source;

import cn.ganye.pool.source.UnreadableSource.Why;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.xml.sax.SAXException;

/** An XLSX workbook: its sheets that hold anything, and the rows of each, read as they come. */
final class Workbook {
  /** Words that cells share are held in memory. */
  private static final long MOST_WORDS = 512L << 20;

  private Workbook() {}

  /** Names of the sheets that have a row. */
  static List<String> sheets(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (OPCPackage opened = open(file)) {
      XSSFReader.SheetIterator sheets = sheets(new XSSFReader(opened));
      while (sheets.hasNext()) {
        try (SheetRows rows = new SheetRows(sheets.next(), CellValues.PLAIN, () -> {})) {
          if (rows.next() != null) {
            names.add(sheets.getSheetName());
          }
        }
      }
    } catch (OpenXML4JException | OpenXML4JRuntimeException e) {
      throw broken(e);
    }
    return names;
  }

  /** The rows of a sheet; closing them closes the workbook. */
  static Rows rows(Path file, String sheet) throws IOException {
    OPCPackage opened = open(file);
    try {
      XSSFReader reader = new XSSFReader(opened);
      XSSFReader.SheetIterator sheets = sheets(reader);
      while (sheets.hasNext()) {
        InputStream part = sheets.next();
        if (sheets.getSheetName().equals(sheet)) {
          return new SheetRows(part, values(opened, reader), opened::revert);
        }
        part.close();
      }
      throw new UnreadableSource(Why.BROKEN_ARCHIVE, "the workbook has no sheet " + sheet);
    } catch (OpenXML4JException | OpenXML4JRuntimeException | SAXException e) {
      opened.revert();
      throw broken(e);
    } catch (IOException | RuntimeException e) {
      opened.revert();
      throw e;
    }
  }

  private static CellValues values(OPCPackage opened, XSSFReader reader)
      throws IOException, OpenXML4JException, SAXException {
    for (PackagePart words :
        opened.getPartsByContentType(XSSFRelation.SHARED_STRINGS.getContentType())) {
      if (words.getSize() > MOST_WORDS) {
        throw new UnreadableSource(
            Why.TOO_LARGE, "the words of the workbook take " + words.getSize() + " bytes");
      }
    }
    return new CellValues(
        new ReadOnlySharedStringsTable(opened, false), reader.getStylesTable(), from1904(reader));
  }

  private static boolean from1904(XSSFReader reader) throws IOException, OpenXML4JException {
    try (InputStream workbook = reader.getWorkbookData()) {
      return SheetRows.attribute(workbook, "workbookPr", "date1904")
          .filter(said -> said.equals("1") || said.equals("true"))
          .isPresent();
    }
  }

  private static XSSFReader.SheetIterator sheets(XSSFReader reader)
      throws IOException, OpenXML4JException {
    return (XSSFReader.SheetIterator) reader.getSheetsData();
  }

  private static OPCPackage open(Path file) throws IOException {
    File there = file.toFile();
    try {
      return OPCPackage.open(there, PackageAccess.READ);
    } catch (OpenXML4JException | OpenXML4JRuntimeException | EncryptedDocumentException e) {
      throw broken(e);
    }
  }

  private static UnreadableSource broken(Exception e) {
    return new UnreadableSource(
        Why.BROKEN_ARCHIVE, "the workbook does not open: " + e.getMessage(), e);
  }
}
