package cn.ganye.synth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One person, and what the person did month by month. */
final class Life {
  /**
   * An unbroken run of months in one state. Months count from 0, the first of the window; {@code
   * to} is the last.
   */
  record Spell(int from, int to, Kind kind, @Nullable Employer employer, int place) {}

  final int city;
  final int index;
  final String id;
  final int birthDay;
  final int sex;
  final int hukou;
  final int residence;
  final boolean rural;
  final String education;
  final String name;
  final int base;

  /** Day of death as yyyymmdd; 0 if alive to the end. */
  int died;

  int diedMonth = Integer.MAX_VALUE;

  /** yyyymm since when an employees' pension is drawn; 0 for none. */
  int pensionSince;

  /** Whether a year of flexible contributions is paid in December. */
  boolean paysInDecember;

  final List<Spell> spells = new ArrayList<>(4);

  Life(
      int city,
      int index,
      String id,
      int birthDay,
      int sex,
      int hukou,
      int residence,
      boolean rural,
      String education,
      String name,
      int base) {
    this.city = city;
    this.index = index;
    this.id = id;
    this.birthDay = birthDay;
    this.sex = sex;
    this.hukou = hukou;
    this.residence = residence;
    this.rural = rural;
    this.education = education;
    this.name = name;
    this.base = base;
  }

  /** The spell of a month; null before birth or after death. */
  @Nullable Spell at(int month) {
    for (Spell spell : spells) {
      if (spell.from() <= month && month <= spell.to()) {
        return spell;
      }
    }
    return null;
  }
}
