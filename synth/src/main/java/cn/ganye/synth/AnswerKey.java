package cn.ganye.synth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** The truth that the files tell of: written before any file or dirt is made. */
final class AnswerKey {
  private AnswerKey() {}

  /** A record that was spoilt on purpose: what the pool should find. */
  record Fault(String file, long record, String kind) {}

  static void write(SynthOptions options, List<List<Life>> lives) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(Synth.answer(options.out()).resolve("status.csv"))) {
      out.write("id,from_month,to_month,status,basis,enterprise,region,household,rural\n");
      for (List<Life> city : lives) {
        for (Life life : city) {
          for (Life.Spell spell : life.spells) {
            out.write(life.id());
            out.write(',');
            out.write(month(options, spell.from()));
            out.write(',');
            out.write(month(options, spell.to()));
            out.write("," + spell.kind().status + "," + spell.kind().basis + ",");
            out.write(spell.employer() == null ? "" : spell.employer().creditCode());
            out.write("," + String.format(Locale.ROOT, "%06d", spell.place()));
            out.write("," + life.city + "-" + Households.of(life.index));
            out.write(life.rural ? ",1\n" : ",0\n");
          }
        }
      }
    }
  }

  static void faults(SynthOptions options, List<Fault> faults) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(Synth.answer(options.out()).resolve("faults.csv"))) {
      out.write("file,record,kind\n");
      for (Fault fault : faults) {
        out.write(fault.file() + "," + fault.record() + "," + fault.kind() + "\n");
      }
    }
  }

  private static String month(SynthOptions options, int month) {
    java.time.YearMonth when = options.first().plusMonths(month);
    return Integer.toString(when.getYear() * 100 + when.getMonthValue());
  }
}
