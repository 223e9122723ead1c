package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine of records that contradict each other. Which ones do is known only when every file
 * is settled, so their files are read once more for the text.
 *
 * @param present files of the folder by path relative to it
 */
public record Contradictions(
    Contracts contracts, Vault vault, Map<String, SourceFile> present, int threads) {
  private static final List<Batch.Problem> WHY =
      List.of(new Batch.Problem("", RefusalReason.CONTRADICTION));

  /**
   * Writes every contradicting record to a sealed file. Text that an earlier build has kept is
   * taken over; where neither it nor the source is there any more, the entry has place and reason
   * only.
   *
   * @param records numbers of the contradicting records of each load
   * @param before sealed file of the last build; null if it had none
   */
  public void quarantine(
      SortedMap<Integer, BitSet> records, List<Load> loads, @Nullable Path before, Path file)
      throws Exception {
    Map<Integer, Map<Long, QuarantineEntry>> kept = before == null ? Map.of() : read(before);
    Map<Integer, Load> byNumber = new HashMap<>();
    loads.forEach(load -> byNumber.put(load.load(), load));
    try (ExecutorService readers = Executors.newFixedThreadPool(threads);
        SealedFile.Writer writer = new SealedFile.Writer(vault, file)) {
      List<Future<List<QuarantineEntry>>> found = new ArrayList<>();
      records.forEach(
          (load, numbers) ->
              found.add(
                  readers.submit(
                      () ->
                          entries(
                              byNumber.get(load), numbers, kept.getOrDefault(load, Map.of())))));
      for (Future<List<QuarantineEntry>> entries : found) {
        for (QuarantineEntry entry : entries.get()) {
          entry.write(writer);
        }
      }
    }
  }

  private Map<Integer, Map<Long, QuarantineEntry>> read(Path file) throws IOException {
    Map<Integer, Map<Long, QuarantineEntry>> kept = new HashMap<>();
    SealedFile.read(
        vault,
        file,
        (entries, length) -> {
          while (entries.available() > 0) {
            QuarantineEntry entry = QuarantineEntry.read(entries);
            kept.computeIfAbsent(entry.load(), load -> new HashMap<>()).put(entry.record(), entry);
          }
        });
    return kept;
  }

  private List<QuarantineEntry> entries(
      @Nullable Load load, BitSet numbers, Map<Long, QuarantineEntry> kept) throws IOException {
    if (load == null) {
      throw new IllegalStateException("a record of a load that the ledger does not know");
    }
    Map<Long, QuarantineEntry> found = new HashMap<>(kept);
    boolean allKept = numbers.stream().allMatch(number -> found.containsKey((long) number));
    SourceFile source = present.get(load.file());
    if (!allKept && source != null && source.sha256().equals(load.sha256())) {
      readAgain(load, source, numbers, found);
    }
    List<QuarantineEntry> entries = new ArrayList<>();
    for (int number : numbers.stream().toArray()) {
      QuarantineEntry entry = found.get((long) number);
      entries.add(
          entry != null
              ? entry
              : QuarantineEntry.of(
                  load.load(), number, new Batch.Refused(number, WHY, new byte[0], 0, "")));
    }
    return entries;
  }

  private void readAgain(
      Load load, SourceFile source, BitSet numbers, Map<Long, QuarantineEntry> found)
      throws IOException {
    Layout layout = PlannedFile.of(source, contracts).layout();
    if (layout == null) {
      return;
    }
    Tokenizer tokenizer = new Tokenizer(layout.delimiter());
    int number = 0;
    boolean first = true;
    try (Blocks blocks = Blocks.of(source, layout)) {
      for (Block block = blocks.next();
          block != null && number < numbers.length() - 1;
          block = blocks.next()) {
        if (block.oversize() != null) {
          number++;
        } else {
          number =
              RecordWalk.find(
                  block,
                  tokenizer,
                  first ? layout.header() : RecordWalk.Header.NONE,
                  number,
                  numbers,
                  (bytes, from, at) -> {
                    Batch.Refused refused =
                        Batch.Refused.of(at, WHY, bytes, from, tokenizer.contentEnd());
                    found.put((long) at, QuarantineEntry.of(load.load(), at, refused));
                  });
        }
        first = false;
      }
    }
  }
}
