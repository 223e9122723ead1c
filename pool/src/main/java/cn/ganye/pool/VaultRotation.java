package cn.ganye.pool;

import cn.ganye.engine.Durable;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new key for what the vault holds. The key comes first, then file after file is sealed by it and
 * put in the old one's place, and only when nothing is under an old key any more do those go: cut
 * off at any point, each file opens with a key that is there. The key for hashing stays.
 */
public final class VaultRotation {
  /**
   * What was done.
   *
   * @param key number of the key that seals now
   * @param files that were sealed anew
   * @param continued whether a rotation that had been cut off was finished, with its key
   */
  public record Report(int key, int files, boolean continued) {}

  private VaultRotation() {}

  /**
   * Rotates, or finishes what was cut off.
   *
   * @throws PoolProblem if a build is running or a file does not open
   */
  public static Report run(PoolFolder folder, PoolFolder.Moved sealed) throws IOException {
    try (FileChannel _ = folder.lock()) {
      folder.clear();
      Vault vault = Vault.open(folder.vault());
      boolean continued = vault.keyNumbers().size() > 1;
      if (!continued) {
        vault.newKey();
      }
      List<Path> files = sealedByOthers(folder, vault.keyNumber());
      for (int done = 0; done < files.size(); done++) {
        Path file = files.get(done);
        Path fresh = folder.staging().resolve(folder.root().relativize(file));
        SealedFile.reseal(vault, file, fresh);
        Durable.move(fresh, file);
        sealed.file(folder.root().relativize(file).toString(), done + 1, files.size());
      }
      vault.forgetOldKeys();
      folder.clear();
      return new Report(vault.keyNumber(), files.size(), continued);
    }
  }

  private static List<Path> sealedByOthers(PoolFolder folder, int key) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : PoolFolder.SEALED) {
      Path within = folder.root().resolve(place);
      if (Files.isDirectory(within)) {
        try (Stream<Path> all = Files.walk(within)) {
          for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
            int number = SealedFile.keyNumber(file);
            if (number != 0 && number != key) {
              files.add(file);
            }
          }
        }
      }
    }
    return files;
  }
}
