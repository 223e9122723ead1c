package cn.ganye.server.analysis.internal.close;

import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFShapeProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChart;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;

/** Draws a chart of the brief as one of a document or a workbook. */
final class BriefChart {
  private static final byte[] COBALT = {0x1f, 0x4e, (byte) 0x9c};

  private BriefChart() {}

  /** With the numbers in the chart itself. */
  static void draw(XDDFChart chart, Brief.Chart what, boolean bars) {
    Double[] values = what.values().toArray(new Double[0]);
    draw(
        chart,
        what.title(),
        XDDFDataSourcesFactory.fromArray(what.labels().toArray(new String[0])),
        XDDFDataSourcesFactory.fromArray(values),
        bars);
  }

  /** With numbers that stand in a sheet. */
  static void draw(
      XDDFChart chart,
      String title,
      XDDFDataSource<?> labels,
      XDDFNumericalDataSource<Double> values,
      boolean bars) {
    chart.setTitleText(title);
    chart.setTitleOverlay(false);
    chart.deleteLegend();
    XDDFCategoryAxis categories =
        chart.createCategoryAxis(bars ? AxisPosition.LEFT : AxisPosition.BOTTOM);
    XDDFValueAxis numbers = chart.createValueAxis(bars ? AxisPosition.BOTTOM : AxisPosition.LEFT);
    numbers.setCrosses(AxisCrosses.AUTO_ZERO);
    XDDFChartData data =
        chart.createData(bars ? ChartTypes.BAR : ChartTypes.LINE, categories, numbers);
    data.setVaryColors(false);
    XDDFChartData.Series series = data.addSeries(labels, values);
    series.setTitle(title, null);
    if (data instanceof XDDFBarChartData bar) {
      bar.setBarDirection(BarDirection.BAR);
      categories.setOrientation(AxisOrientation.MAX_MIN);
      fill(series);
    } else if (series instanceof XDDFLineChartData.Series line) {
      line.setSmooth(false);
      line.setMarkerStyle(MarkerStyle.NONE);
      line.setLineProperties(
          new XDDFLineProperties(new XDDFSolidFillProperties(XDDFColor.from(COBALT))));
    }
    chart.plot(data);
  }

  private static void fill(XDDFChartData.Series series) {
    XDDFShapeProperties shape = new XDDFShapeProperties();
    shape.setFillProperties(new XDDFSolidFillProperties(XDDFColor.from(COBALT)));
    series.setShapeProperties(shape);
  }
}
