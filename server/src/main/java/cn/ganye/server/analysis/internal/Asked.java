package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Regions;
import cn.ganye.server.access.Account;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Nearest;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a question about figures and gathers all that is wrong with them. */
public final class Asked {
  private static final int SHOWN = 40;

  private final Account account;
  private final Snapshot snapshot;
  private final List<Fault> faults = new ArrayList<>();
  private boolean outside;

  /** Of an account, about a snapshot. */
  public Asked(Account account, Snapshot snapshot) {
    this.account = account;
    this.snapshot = snapshot;
  }

  /** Notes that a field is wrong. */
  public void fault(String field, String what) {
    faults.add(new Fault(field, what));
  }

  /** Whether a word is among those that may stand here; if not, the nearest is suggested. */
  public boolean known(String field, String word, List<String> words) {
    if (words.contains(word)) {
      return true;
    }
    String shown = word.length() > SHOWN ? word.substring(0, SHOWN) + "…" : word;
    fault(field, "没有 " + shown + "，是否指 " + Nearest.to(word, words).orElse(""));
    return false;
  }

  /** A month of the snapshot, its last if none is asked for. */
  public int month(String field, @Nullable Integer month) {
    int when = month == null ? snapshot.lastMonth() : month;
    if (when < snapshot.firstMonth() || when > snapshot.lastMonth() || when % 100 > 12) {
      fault(field, "应在 " + snapshot.firstMonth() + " 至 " + snapshot.lastMonth() + " 之间");
    }
    return when;
  }

  /** A region of the account's own or within it, its own if none is asked for. */
  public String region(@Nullable String region) {
    String own = FiguresScope.of(account.region());
    if (region == null) {
      return own;
    }
    if (Regions.china().find(region).filter(r -> r.code().equals(region)).isEmpty()) {
      fault("region", FiguresScope.unknown(region, own));
      return own;
    }
    String where = FiguresScope.of(region);
    outside |= !where.startsWith(own);
    return where;
  }

  /** Throws if anything is wrong: all faults at once, or that the region is not for the account. */
  public void check() {
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    if (outside) {
      throw Problem.notFound("该区划");
    }
  }
}
