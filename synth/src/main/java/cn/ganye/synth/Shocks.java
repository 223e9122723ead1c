package cn.ganye.synth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;

/**
 * Three things that happen to the province, for those who watch it to find: an industry collapses
 * in one county, one city declines slowly, and one office's file of the last month is late, which
 * is no layoff at all.
 */
record Shocks(YearMonth first, int months) {
  /** 信丰县, 39 计算机、通信和其他电子设备制造业. */
  static final int COLLAPSE_COUNTY = 360722;

  static final String COLLAPSE_DIVISION = "39";
  static final double COLLAPSE_SHARE = 0.7;

  /** 景德镇市. */
  static final int DECLINE_CITY = 360200;

  static final double DECLINE_FACTOR = 1.8;

  /** 抚州市: its contributions of the last month have not come yet. */
  static final int LATE_CITY = 361000;

  /** Two thirds into the window, counted from 0. */
  int collapseMonth() {
    return months * 2 / 3;
  }

  boolean collapses(int county, String division) {
    return county == COLLAPSE_COUNTY && division.equals(COLLAPSE_DIVISION) && months >= 12;
  }

  /** The factor by which jobs in a city end sooner, in a month. */
  double decline(int city, int month) {
    return city == DECLINE_CITY && month >= months / 3 ? DECLINE_FACTOR : 1;
  }

  /** Whether a city's contributions of a month are still missing. */
  boolean late(int city, int month) {
    return city == LATE_CITY && month == months - 1 && months >= 12;
  }

  /** Writes them down for the answer key. */
  void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("shock,region,industry,from_month,what\n");
      if (months >= 12) {
        out.write(
            "collapse," + COLLAPSE_COUNTY + "," + COLLAPSE_DIVISION + "," + month(collapseMonth()));
        out.write("," + Math.round(COLLAPSE_SHARE * 100) + " percent of the jobs end\n");
        out.write("decline," + DECLINE_CITY + ",," + month(months / 3));
        out.write(",jobs end " + DECLINE_FACTOR + " times as often\n");
        out.write("late-sender," + LATE_CITY + ",," + month(months - 1));
        out.write(",the file of contributions has not come: no layoff\n");
      }
    }
  }

  private int month(int index) {
    return Office.yyyymm(first.plusMonths(index));
  }
}
