package cn.ganye.pool;

import cn.ganye.engine.Durable;
import cn.ganye.engine.Hashes;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pool as it is, in a folder elsewhere: {@code objects} holds each file by its hash, {@code
 * backup.json} says where it belongs. What an earlier backup in the same folder has is not copied
 * again; until the new one is whole, the earlier one stays.
 */
public final class Backup {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FORMAT = 1;

  /**
   * What a backup consists of.
   *
   * @param snapshot the one in force
   * @param keys whether the keys of the vault are in it
   * @param files SHA-256 by path within the pool
   */
  public record Inventory(
      int format, String snapshot, boolean keys, SortedMap<String, String> files) {}

  /**
   * What was done.
   *
   * @param copied files that were not there yet
   */
  public record Report(Inventory inventory, int copied, long bytes) {}

  private Backup() {}

  /**
   * Backs a pool up. No build runs meanwhile.
   *
   * @param keys whether the keys of the vault are to be in it; without them what it holds can be
   *     read with a copy of them alone
   */
  public static Report make(PoolFolder folder, Path to, boolean keys, PoolFolder.Moved copied)
      throws IOException {
    String inForce = Pool.at(folder.root()).current().snapshot();
    if (to.toAbsolutePath().normalize().startsWith(folder.root())) {
      throw PoolProblem.use(
          "backup-inside",
          to.toString(),
          "a backup within the pool is lost with it",
          "give a folder elsewhere, on another disk");
    }
    try (FileChannel _ = folder.lock()) {
      Path objects = to.resolve("objects");
      Vault.makePrivate(to);
      Vault.makePrivate(objects);
      List<String> names = names(folder, keys);
      SortedMap<String, String> files = new TreeMap<>();
      int fresh = 0;
      long bytes = 0;
      for (int done = 0; done < names.size(); done++) {
        String name = names.get(done);
        Path file = folder.root().resolve(name);
        Path part = objects.resolve("copying.part");
        String sha256 = copy(file, part);
        Path object = object(to, sha256);
        if (Files.exists(object) && Files.size(object) == Files.size(part)) {
          Files.delete(part);
        } else {
          Vault.makePrivate(object.resolveSibling(""));
          Durable.move(part, object);
          fresh++;
          bytes += Files.size(object);
        }
        files.put(name, sha256);
        copied.file(name, done + 1, names.size());
      }
      Inventory inventory = new Inventory(FORMAT, inForce, keys, files);
      Durable.write(
          to.resolve("backup.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(inventory));
      forget(objects, new HashSet<>(files.values()));
      return new Report(inventory, fresh, bytes);
    }
  }

  /** Every file of the kept snapshots, their manifests, and the keys; {@code CURRENT} is last. */
  private static List<String> names(PoolFolder folder, boolean keys) throws IOException {
    Set<String> names = new java.util.TreeSet<>();
    for (Manifest manifest : folder.snapshots()) {
      names.addAll(manifest.files());
      names.add("snapshots/" + manifest.snapshot() + ".json");
      String kept = "snapshots/" + manifest.snapshot() + ".keep";
      if (Files.exists(folder.root().resolve(kept))) {
        names.add(kept);
      }
    }
    if (keys) {
      try (Stream<Path> all = Files.list(folder.vault().resolve("keys"))) {
        all.filter(file -> file.toString().endsWith(".key"))
            .forEach(file -> names.add(folder.root().relativize(file).toString()));
      }
    }
    List<String> ordered = new ArrayList<>(names);
    ordered.add("CURRENT");
    return ordered;
  }

  private static Path object(Path backup, String sha256) {
    return backup.resolve("objects").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /** Copies a file and tells its SHA-256. */
  private static String copy(Path from, Path to) throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
      in.transferTo(out);
    }
    return Hashes.hex(digest);
  }

  private static void forget(Path objects, Set<String> needed) throws IOException {
    try (Stream<Path> all = Files.walk(objects)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!needed.contains(String.valueOf(file.getFileName()))) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Puts a pool back from its backup. Every file is compared with its hash; {@code CURRENT} comes
   * last, so that what was cut off is no pool yet and can be begun again.
   *
   * @throws PoolProblem if there is no backup, a file of it is missing or damaged, keys are, or
   *     something is published where the pool is to lie
   */
  public static Inventory restore(Path from, PoolFolder folder, PoolFolder.Moved copied)
      throws IOException {
    Inventory inventory = inventory(from);
    if (folder.inForce().isPresent()) {
      throw PoolProblem.use(
          "pool-in-use",
          folder.root().toString(),
          "a snapshot is published there",
          "restore into a new folder, or move that one away first");
    }
    try (FileChannel _ = folder.lock()) {
      folder.clear();
      List<String> names = new ArrayList<>(inventory.files().keySet());
      names.remove("CURRENT");
      names.add("CURRENT");
      for (int done = 0; done < names.size(); done++) {
        String name = names.get(done);
        if (name.equals("CURRENT")) {
          keysAreThere(folder);
        }
        put(from, inventory.files().getOrDefault(name, ""), folder, name);
        copied.file(name, done + 1, names.size());
      }
      folder.clear();
      return inventory;
    }
  }

  private static Inventory inventory(Path from) {
    Path file = from.resolve("backup.json");
    if (!Files.isRegularFile(file)) {
      throw PoolProblem.use(
          "backup-missing",
          from.toString(),
          "there is no backup.json",
          "give the folder that ./ganye pool backup wrote to");
    }
    try {
      Inventory inventory = JSON.readValue(file.toFile(), Inventory.class);
      if (inventory.format() != FORMAT) {
        throw damaged(from, "its format is " + inventory.format() + ", not " + FORMAT);
      }
      return inventory;
    } catch (JacksonException e) {
      throw damaged(from, "backup.json cannot be read");
    }
  }

  private static void put(Path from, String sha256, PoolFolder folder, String name)
      throws IOException {
    Path target = folder.root().resolve(name).normalize();
    Path object = object(from, sha256);
    if (!target.startsWith(folder.root()) || !Files.isRegularFile(object)) {
      throw damaged(from, name + " is missing");
    }
    Path part = folder.staging().resolve("restored");
    Vault.makePrivate(folder.staging());
    if (!copy(object, part).equals(sha256)) {
      throw damaged(from, name + " has changed since it was written");
    }
    Vault.makePrivate(target.resolveSibling(""));
    if (name.startsWith("vault/keys/")) {
      Files.setPosixFilePermissions(
          part, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
    Durable.move(part, target);
  }

  private static void keysAreThere(PoolFolder folder) {
    if (!Files.exists(folder.vault().resolve("keys/hashing.key"))) {
      throw PoolProblem.work(
          "keys-missing",
          folder.vault().resolve("keys").toString(),
          "the backup was made without the keys of the vault",
          "put their copy there (encryption-N.key, hashing.key) and restore again");
    }
  }

  private static PoolProblem damaged(Path from, String what) {
    return PoolProblem.work(
        "backup-damaged", from.toString(), what, "use another backup; nothing was published");
  }
}
