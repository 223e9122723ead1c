package cn.ganye.pool.intake;

import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.identity.VaultText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes aside, sealed, while the rows of one lake file pass: refused records to quarantine,
 * text that only the vault may hold to the vault.
 */
final class Aside implements AutoCloseable {
  private final Vault vault;
  private final Path quarantine;
  private final SealedFile.@Nullable Writer texts;
  private SealedFile.@Nullable Writer refused;

  /**
   * @param quarantine sealed file of refused records; made when there is one
   * @param texts sealed file of vault text; null if the dataset has none
   */
  Aside(Vault vault, Path quarantine, @Nullable Path texts) throws IOException {
    this.vault = vault;
    this.quarantine = quarantine;
    this.texts = texts == null ? null : new SealedFile.Writer(vault, texts);
  }

  /** The part of one load, with its counts. */
  final class OfLoad implements LoadRows.Aside {
    private final int load;
    private final Map<String, Long> refusals = new TreeMap<>();
    private long warnings;

    OfLoad(int load) {
      this.load = load;
    }

    /** Records refused, by their first reason. */
    Map<String, Long> refusals() {
      return refusals;
    }

    /** Records that fail a check which only warns. */
    long warnings() {
      return warnings;
    }

    @Override
    public void batch(Batch batch, long recordsBefore) throws IOException {
      warnings += batch.warnings;
      for (Batch.Refused record : batch.refused) {
        refusals.merge(record.problems().getFirst().reason().code(), 1L, Long::sum);
        QuarantineEntry.of(load, recordsBefore + record.record() + 1, record).write(quarantine());
      }
      if (texts == null) {
        return;
      }
      int from = 0;
      for (int row = 0; row < batch.rows; row++) {
        int to = batch.vaultEnds[row];
        int number = (int) (recordsBefore + batch.recordNumbers[row] + 1);
        VaultText.write(texts, load, number, batch.vault, from, to);
        from = to;
      }
    }
  }

  private SealedFile.Writer quarantine() throws IOException {
    SealedFile.Writer writer = refused;
    if (writer == null) {
      writer = new SealedFile.Writer(vault, quarantine);
      refused = writer;
    }
    return writer;
  }

  @Override
  public void close() throws IOException {
    if (refused != null) {
      refused.close();
    }
    if (texts != null) {
      texts.close();
    }
  }
}
