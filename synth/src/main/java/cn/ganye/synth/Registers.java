package cn.ganye.synth;

import cn.ganye.synth.Life.Spell;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** What the offices' registers would hold about a life if nothing went wrong in writing. */
final class Registers {
  /** Never: later than any window. */
  static final int NEVER = Integer.MAX_VALUE;

  private final YearMonth first;
  private final int months;
  private final double neverEnded;
  private final double lateChange;
  private final double informalRegistered;

  Registers(SynthOptions options, Settings settings) {
    this.first = options.first();
    this.months = options.months();
    this.neverEnded = settings.of("never-ended");
    this.lateChange = settings.of("late-change");
    this.informalRegistered = settings.of("informal-registered");
  }

  /**
   * One registration of unemployment.
   *
   * @param month of the window in which it is made
   * @param cancelled day on which it is cancelled; 0 if nobody does within the window
   * @param cancelMonth month of the window in which it is cancelled; {@link #NEVER} if nobody does
   */
  record Unemployment(
      int month, int lost, int registered, int cancelled, int cancelMonth, int region) {}

  /** The registrations of unemployment: one for each unbroken run of benefit and registration. */
  List<Unemployment> unemployment(Life life) {
    List<Unemployment> all = new ArrayList<>();
    for (int i = 0; i < life.spells.length; i++) {
      Spell spell = life.spells[i];
      if (!spell.kind().isRegistered()) {
        continue;
      }
      int from = spell.from();
      int to = spell.to();
      while (i + 1 < life.spells.length && life.spells[i + 1].kind().isRegistered()) {
        to = life.spells[++i].to();
      }
      int start = Office.yyyymm(first.plusMonths(from)) * 100;
      boolean cancels = to + 1 < months && life.trait(100 + from, 3) != 0;
      int cancelled =
          cancels
              ? Office.yyyymm(first.plusMonths(to + 1)) * 100 + 1 + life.trait(101 + from, 28)
              : 0;
      int home = life.home(from);
      all.add(
          new Unemployment(
              from,
              start + 1 + life.trait(102 + from, 7),
              start + 8 + life.trait(103 + from, 20),
              cancelled,
              cancels ? to + 1 : NEVER,
              home / 10_000 == 36 ? home : life.hukou));
    }
    return all;
  }

  /**
   * One employment in the employment register.
   *
   * @param filed month of the window in which it is filed; −1 if it was there before
   * @param ended last day; 0 if it lasts to the end of the window
   * @param endFiled month in which the register is told of the end; {@link #NEVER} if it is not
   * @param leftFiled month in which the unit reports the person out; {@link #NEVER} if it does not
   */
  record Employment(
      Spell spell,
      String kind,
      int filed,
      int began,
      int ended,
      int endFiled,
      int leftFiled,
      int region) {
    /** The last day as the files tell it within the window; 0 if they do not. */
    int toldEnd(int months) {
      return Math.min(endFiled, leftFiled) < months ? ended : 0;
    }
  }

  /** The entries of the employment register, in order. */
  List<Employment> employment(Life life) {
    List<Employment> all = new ArrayList<>();
    for (Spell spell : life.spells) {
      String kind = kind(life, spell.kind());
      if (kind.isEmpty()) {
        continue;
      }
      int salt = 200 + spell.from() * 3;
      int month = Office.yyyymm(first.plusMonths(spell.from()));
      int began =
          spell.from() == 0
              ? (2015 + life.trait(salt, 7)) * 10_000
                  + (1 + life.trait(salt + 1, 12)) * 100
                  + 1
                  + life.trait(salt + 2, 28)
              : month * 100 + 1 + life.trait(salt, 20);
      boolean ends = spell.to() + 1 < months || spell.to() == life.diedMonth;
      YearMonth last = first.plusMonths(spell.to());
      int ended = ends ? Office.yyyymm(last) * 100 + last.lengthOfMonth() : 0;
      boolean job = spell.kind().isJob();
      int told = spell.to() + 1;
      boolean forgotten = job && life.trait(salt + 1, 1000) < neverEnded * 1000;
      boolean late = life.trait(salt + 2, 1000) < lateChange * 1000;
      all.add(
          new Employment(
              spell,
              kind,
              spell.from() == 0 ? -1 : spell.from(),
              began,
              ended,
              ends && !forgotten ? told : NEVER,
              ends && job ? (late ? told + 1 : told) : NEVER,
              region(life, spell)));
    }
    return all;
  }

  private static int region(Life life, Spell spell) {
    Employer employer = spell.employer();
    if (employer != null) {
      return employer.county();
    }
    int home = life.home(spell.from());
    return home / 10_000 == 36 ? home : life.hukou;
  }

  private String kind(Life life, Kind kind) {
    return switch (kind) {
      case FORMAL, DISPATCHED -> "unit";
      case FLEXIBLE -> "flexible";
      case LOCAL_INFORMAL ->
          !life.rural && life.trait(250, 1000) < informalRegistered * 1000 ? "flexible" : "";
      case SELF_EMPLOYED -> life.rural ? "" : "business";
      case WELFARE_URBAN -> "welfare-post";
      default -> "";
    };
  }
}
