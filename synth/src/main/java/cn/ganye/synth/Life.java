package cn.ganye.synth;

import cn.ganye.reference.ResidentId;
import org.jspecify.annotations.Nullable;

/**
 * One person, and what the person did month by month. Every life of the province is in memory at
 * once: what follows from something else is not held.
 */
final class Life {
  /**
   * An unbroken run of months in one state. Months count from 0, the first of the window; {@code
   * to} is the last.
   *
   * @param employer who insures the person; null without a job
   * @param user for whom a dispatched person works, and where a trainee learns; null for others
   */
  record Spell(
      int from,
      int to,
      Kind kind,
      @Nullable Employer employer,
      @Nullable Employer user,
      int place) {}

  private static final Spell[] NONE = {};

  final int city;
  final int index;
  private final long id;
  final int birthDay;
  final int sex;
  final int hukou;
  final int residence;
  final boolean rural;
  final String education;
  private final String surname;
  private final String given;
  final int base;

  /** Day of death as yyyymmdd; 0 if alive to the end. */
  int died;

  int diedMonth = Integer.MAX_VALUE;

  /** yyyymm since when an employees' pension is drawn; 0 for none. */
  int pensionSince;

  /** Whether a year of flexible contributions is paid in December. */
  boolean paysInDecember;

  /**
   * Month in which the person moves for good to {@link #movedTo}; never if later than the window.
   */
  int moves = Integer.MAX_VALUE;

  int movedTo;

  /** In the order of months. */
  Spell[] spells = NONE;

  Life(
      int city,
      int index,
      ResidentId id,
      int birthDay,
      int sex,
      int hukou,
      int residence,
      boolean rural,
      String education,
      String surname,
      String given,
      int base) {
    this.city = city;
    this.index = index;
    this.id = id.packed();
    this.birthDay = birthDay;
    this.sex = sex;
    this.hukou = hukou;
    this.residence = residence;
    this.rural = rural;
    this.education = education;
    this.surname = surname;
    this.given = given;
    this.base = base;
  }

  /** Eighteen characters. */
  String id() {
    return new ResidentId(id).text();
  }

  /** Surname and given name. */
  String name() {
    return surname + given;
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

  /** What the person did last; null if born after the window. */
  @Nullable Spell last() {
    return spells.length == 0 ? null : spells[spells.length - 1];
  }

  /** Where the person lives in a month. */
  int home(int month) {
    return month >= moves ? movedTo : residence;
  }

  /** Whether flexible work is work for a platform: some of those born since 1980. */
  boolean worksForPlatform() {
    return birthDay >= 19_800_101 && trait(47, 10) < 4;
  }

  /** A number below {@code bound} that is always the same for this person and salt. */
  int trait(int salt, int bound) {
    long mixed = (city * 1_000_003L + index) * 0x9E3779B97F4A7C15L + salt * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return (int) ((mixed ^ (mixed >>> 32)) >>> 1 & Integer.MAX_VALUE) % bound;
  }

  /** Age in whole years at the start of a month given as yyyymm. */
  int age(int yyyymm) {
    int months = yyyymm / 100 * 12 + yyyymm % 100 - birthDay / 10_000 * 12 - birthDay / 100 % 100;
    return Math.floorDiv(months, 12);
  }
}
