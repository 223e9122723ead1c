package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with what was found out about it before its records are read: how it is laid out, or why
 * it is refused whole.
 */
record PlannedFile(
    SourceFile source,
    FileName name,
    @Nullable Layout layout,
    @Nullable RefusalReason refused,
    @Nullable String detail) {
  /** Bytes of text that are not worth a lake file of their own. */
  private static final long SMALL = 4 << 20;

  /** The canonical order of files: dataset, period, content hash, relative path. */
  static final Comparator<PlannedFile> CANONICAL =
      Comparator.comparing(PlannedFile::recognised)
          .thenComparing(file -> file.name().period())
          .thenComparing(file -> file.source().sha256())
          .thenComparing(file -> file.source().path());

  /** Looks into a file. */
  static PlannedFile of(SourceFile source, Contracts contracts) {
    FileName name = FileName.read(source.path(), contracts);
    try {
      Layout layout = new Recognition(contracts).read(source, name.dataset());
      return new PlannedFile(source, name, layout, null, null);
    } catch (Recognition.Refused e) {
      return new PlannedFile(source, name, null, e.reason, e.getMessage());
    } catch (IOException e) {
      return new PlannedFile(source, name, null, RefusalReason.UNREADABLE, e.getMessage());
    }
  }

  /** The dataset whose records it holds; empty if it is refused whole. */
  private String recognised() {
    return layout == null ? "" : layout.contract().id();
  }

  /** The contract of what it holds, or at least is named after. */
  Optional<Contract> contract() {
    return Optional.ofNullable(layout == null ? name.dataset() : layout.contract());
  }

  /** The dataset that it holds, or at least is named after; empty if neither is known. */
  String dataset() {
    return contract().map(Contract::id).orElse("");
  }

  /**
   * Whether its records go to the same file of the lake as those of the first of a run of files,
   * with so many bytes until now: all those of one period, and small ones of several, since each
   * file of the lake costs as much as a hundred thousand records.
   */
  boolean sharesLakeFile(PlannedFile first, long bytes) {
    return recognised().equals(first.recognised())
        && (name.period() == first.name().period() || bytes + source.bytes() <= SMALL);
  }

  /** The day it was sent, as yyyymmdd: from its name, else the day it was due, else its arrival. */
  int knownFrom(LocalDate arrival) {
    LocalDate day = name.sent();
    if (day == null) {
      int period = name.period();
      int due = layout == null ? 0 : layout.contract().due();
      day =
          period > 0 && due > 0
              ? dueDay(YearMonth.of(period / 100, period % 100).plusMonths(1), due)
              : arrival;
    }
    return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }

  private static LocalDate dueDay(YearMonth month, int due) {
    return month.atDay(Math.min(due, month.lengthOfMonth()));
  }
}
