package cn.ganye.synth;

import cn.ganye.synth.Registers.Employment;
import cn.ganye.synth.Registers.Unemployment;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the registered figures must be, counted from the lives by the rules in words: registered
 * unemployment, and new urban employment less natural attrition (劳社部发〔2004〕9号), by county, for
 * calendar months and for reporting months that end on the 20th.
 */
final class RegisterKey {
  private static final int REPORTING_ENDS = 20;
  private static final int TRANSFER_DAYS = 31;

  private final SynthOptions options;
  private final Registers registers;
  private final Map<String, Long> unemployment = new TreeMap<>();
  private final Map<String, Long> employment = new TreeMap<>();

  RegisterKey(SynthOptions options, Registers registers) {
    this.options = options;
    this.registers = registers;
  }

  void write(List<List<Life>> lives, Path folder) throws IOException {
    for (List<Life> city : lives) {
      for (Life life : city) {
        registers.unemployment(life).forEach(this::registered);
        employed(life, registers.employment(life));
      }
    }
    write(folder.resolve("registered_unemployment.csv"), "measure", unemployment);
    write(folder.resolve("new_urban_employment.csv"), "verdict", employment);
  }

  private static void write(Path file, String measure, Map<String, Long> cells) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("calendar,month,region," + measure + ",people\n");
      for (Map.Entry<String, Long> cell : cells.entrySet()) {
        if (cell.getValue() != 0) {
          out.write(cell.getKey() + "," + cell.getValue() + "\n");
        }
      }
    }
  }

  private void registered(Unemployment one) {
    for (String calendar : List.of("calendar", "reporting")) {
      int from = month(calendar, one.registered());
      int to = one.cancelled() == 0 ? Integer.MAX_VALUE : month(calendar, one.cancelled());
      count(unemployment, calendar, from, one.region(), "registered");
      if (one.cancelled() > 0) {
        count(unemployment, calendar, to, one.region(), "cancelled");
      }
      for (int month = from; month < Math.min(to, options.months()); month++) {
        count(unemployment, calendar, month, one.region(), "stock");
      }
    }
  }

  private void employed(Life life, List<Employment> entries) {
    Set<Integer> years = new HashSet<>();
    Employment before = null;
    for (Employment entry : entries) {
      String verdict = "counted";
      if (before != null
          && before.kind().equals(entry.kind())
          && (entry.kind().equals("unit") || entry.kind().equals("flexible"))
          && stillHeld(before, entry.began())) {
        verdict = entry.kind().equals("unit") ? "transfer" : "renewal";
      } else if (!years.add(entry.began() / 10_000)) {
        verdict = "repeat";
      }
      event(entry.began(), entry.region(), verdict);
      before = entry;
    }
    if (life.pensionSince > 0) {
      leaves(life.pensionSince * 100 + 1, entries);
    }
    if (life.died > 0) {
      leaves(life.died, entries);
    }
  }

  /**
   * Natural attrition: the person was in work by the register, or had been until a month before.
   */
  private void leaves(int day, List<Employment> entries) {
    entries.stream()
        .filter(entry -> entry.began() <= day && stillHeld(entry, day))
        .mapToInt(Employment::region)
        .max()
        .ifPresent(region -> event(day, region, "attrition"));
  }

  private boolean stillHeld(Employment entry, int day) {
    int end = entry.toldEnd(options.months());
    return end == 0 || date(end).toEpochDay() >= date(day).toEpochDay() - TRANSFER_DAYS;
  }

  private void event(int day, int region, String verdict) {
    int index = month("calendar", day);
    if (index >= 0 && index < options.months()) {
      for (String calendar : List.of("calendar", "reporting")) {
        count(employment, calendar, month(calendar, day), region, verdict);
      }
    }
  }

  private void count(Map<String, Long> cells, String calendar, int month, int region, String what) {
    if (month >= 0 && month < options.months()) {
      int yyyymm = Office.yyyymm(options.first().plusMonths(month));
      cells.merge(calendar + "," + yyyymm + "," + region + "," + what, 1L, Long::sum);
    }
  }

  private int month(String calendar, int day) {
    YearMonth first = options.first();
    int index = (day / 10_000 - first.getYear()) * 12 + day / 100 % 100 - first.getMonthValue();
    return calendar.equals("reporting") && day % 100 > REPORTING_ENDS ? index + 1 : index;
  }

  private static LocalDate date(int day) {
    return LocalDate.of(day / 10_000, day / 100 % 100, day % 100);
  }
}
