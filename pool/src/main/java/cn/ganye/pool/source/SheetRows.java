package cn.ganye.pool.source;

import cn.ganye.pool.source.UnreadableSource.Why;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet (ECMA-376, SpreadsheetML), read as they come. A row ends where its last
 * filled cell does; so that records have as many cells as the header, all are as wide as the widest
 * of the first.
 */
final class SheetRows implements Rows {
  private static final int FIRST = 60;

  /** How POI begins to say that a part unpacks to too much. */
  private static final String BOMB = "Zip bomb detected";

  /** As wide as a sheet can be. */
  private static final int WIDEST = 16_384;

  private static final XMLInputFactory XML = factory();

  private final InputStream part;
  private final XMLStreamReader xml;
  private final CellValues values;
  private final Closeable workbook;
  private final Deque<List<String>> first = new ArrayDeque<>();
  private int width;

  /**
   * Begins to read.
   *
   * @param workbook closed when the rows are
   */
  SheetRows(InputStream part, CellValues values, Closeable workbook) throws IOException {
    this.part = part;
    this.values = values;
    this.workbook = workbook;
    try {
      this.xml = XML.createXMLStreamReader(part);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    for (List<String> row = read(); row != null; row = read()) {
      first.add(row);
      width = Math.max(width, row.size());
      if (first.size() == FIRST) {
        break;
      }
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** An attribute of the first element of a name. */
  static Optional<String> attribute(InputStream part, String element, String name)
      throws IOException {
    try {
      XMLStreamReader xml = XML.createXMLStreamReader(part);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals(element)) {
          return Optional.ofNullable(xml.getAttributeValue(null, name));
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  @Override
  public @Nullable List<String> next() throws IOException {
    List<String> row = first.isEmpty() ? read() : first.poll();
    if (row != null) {
      fill(row, width);
    }
    return row;
  }

  private static void fill(List<String> row, int cells) {
    while (row.size() < cells) {
      row.add("");
    }
  }

  /** The next row that has a cell. */
  private @Nullable List<String> read() throws IOException {
    try {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("row")) {
          List<String> row = row();
          if (!row.isEmpty()) {
            return row;
          }
        }
      }
      return null;
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException cause) {
        throw String.valueOf(cause.getMessage()).startsWith(BOMB) ? Bounded.tooLarge() : cause;
      }
      throw broken(e);
    }
  }

  private List<String> row() throws IOException, XMLStreamException {
    List<String> row = new ArrayList<>(width);
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
        while (!row.isEmpty() && row.getLast().isEmpty()) {
          row.removeLast();
        }
        return row;
      }
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
        cell(row);
      }
    }
  }

  private void cell(List<String> row) throws IOException, XMLStreamException {
    int column = column(xml.getAttributeValue(null, "r"), row.size());
    String type = xml.getAttributeValue(null, "t");
    String style = xml.getAttributeValue(null, "s");
    StringBuilder value = new StringBuilder();
    String told = "inlineStr".equals(type) ? "t" : "v";
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("c")) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = xml.getLocalName();
        if (name.equals(told)) {
          value.append(xml.getElementText());
        } else if (!name.equals("is") && !name.equals("r")) {
          skip();
        }
      }
    }
    fill(row, column);
    row.add(
        values.text(
            type == null ? "n" : type,
            style == null ? 0 : Integer.parseInt(style),
            value.toString()));
  }

  /** Past an element that says nothing: how a word is read, a formula, what stood there before. */
  private void skip() throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      depth +=
          event == XMLStreamConstants.START_ELEMENT
              ? 1
              : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }

  /** The column of a reference as AB12, from 0. */
  private static int column(@Nullable String reference, int next) throws UnreadableSource {
    if (reference == null) {
      return next;
    }
    int column = 0;
    for (int i = 0; i < reference.length() && reference.charAt(i) >= 'A'; i++) {
      column = column * 26 + reference.charAt(i) - 'A' + 1;
      if (column > WIDEST) {
        throw new UnreadableSource(Why.BROKEN_ARCHIVE, "no cell is called " + reference);
      }
    }
    if (column <= next) {
      throw new UnreadableSource(Why.BROKEN_ARCHIVE, "cells out of order at " + reference);
    }
    return column - 1;
  }

  private static UnreadableSource broken(XMLStreamException e) {
    return new UnreadableSource(
        Why.BROKEN_ARCHIVE, "a sheet of the workbook is not whole: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    part.close();
    workbook.close();
  }
}
