package cn.ganye.pool.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cn.ganye.engine.Durable;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What nobody may read by chance: resident IDs, names, addresses, phones, quarantined text.
 * Encrypted with AES-256-GCM; each ciphertext starts with the algorithm and the key's number.
 * Another key makes {@code person_ref} and marks.
 *
 * <p>Keys lie in {@code vault/keys}, readable by the owner alone. The first two are made with the
 * pool. Of several keys for encryption the one with the highest number seals, each of them opens;
 * the key for hashing is never changed, since references hang on it.
 */
public final class Vault {
  private static final byte AES_256_GCM = 1;
  private static final int NONCE = 12;

  /** Short calls are compiled sooner, and only compiled ones use the processor's instructions. */
  private static final int STRIDE = 1 << 10;

  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern ENCRYPTION = Pattern.compile("encryption-(\\d{1,6})\\.key");

  private final Path keys;
  private final byte[] hashingKey;
  private final Mac references;

  /** Each thread's own: one that has the key already need not spread it anew for each page. */
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Vault::cipher);

  private volatile NavigableMap<Integer, SecretKeySpec> encryptionKeys;

  private Vault(Path keys) throws IOException {
    this.keys = keys;
    this.hashingKey = key(keys.resolve("hashing.key"));
    this.references = references(hashingKey);
    this.encryptionKeys = encryptionKeys(keys);
  }

  /** Opens the vault of a pool; makes its keys if the pool is new. */
  public static Vault open(Path folder) throws IOException {
    makePrivate(folder);
    Path keys = folder.resolve("keys");
    makePrivate(keys);
    return new Vault(keys);
  }

  private static NavigableMap<Integer, SecretKeySpec> encryptionKeys(Path keys) throws IOException {
    NavigableMap<Integer, SecretKeySpec> found = new TreeMap<>();
    for (int number : numbers(keys)) {
      found.put(number, encryptionKey(keys, number));
    }
    if (found.isEmpty()) {
      found.put(1, encryptionKey(keys, 1));
    }
    return found;
  }

  private static List<Integer> numbers(Path keys) throws IOException {
    try (Stream<Path> files = Files.list(keys)) {
      return files
          .map(file -> ENCRYPTION.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    }
  }

  private static Path encryptionFile(Path keys, int number) {
    return keys.resolve("encryption-" + number + ".key");
  }

  private static SecretKeySpec encryptionKey(Path keys, int number) throws IOException {
    return new SecretKeySpec(key(encryptionFile(keys, number)), "AES");
  }

  /** The number of the key that seals. */
  public int keyNumber() {
    return encryptionKeys.lastKey();
  }

  /** Numbers of all keys that open. */
  public Set<Integer> keyNumbers() {
    return Set.copyOf(encryptionKeys.keySet());
  }

  /** Makes another key for encryption, which seals from now on. */
  public void newKey() throws IOException {
    encryptionKey(keys, keyNumber() + 1);
    encryptionKeys = encryptionKeys(keys);
  }

  /** Deletes all keys for encryption but the one that seals: nothing may be under them any more. */
  public void forgetOldKeys() throws IOException {
    for (int old : encryptionKeys.headMap(keyNumber()).keySet()) {
      Files.deleteIfExists(encryptionFile(keys, old));
    }
    Durable.sync(keys);
    encryptionKeys = encryptionKeys(keys);
  }

  /** Makes a folder that its owner alone may open. */
  public static void makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static byte[] key(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] fresh = new byte[32];
      RANDOM.nextBytes(fresh);
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(part, fresh, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
      Durable.move(part, file);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != 32) {
      throw PoolProblem.work(
          "vault-key-damaged",
          file.toString(),
          "the key has " + bytes.length + " bytes instead of 32",
          "restore it from the backup of vault/keys");
    }
    return bytes;
  }

  /** Encrypts a run of bytes. */
  public byte[] encrypt(byte[] plain, int from, int length) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = ciphers.get();
      Map.Entry<Integer, SecretKeySpec> key = encryptionKeys.lastEntry();
      cipher.init(Cipher.ENCRYPT_MODE, key.getValue(), new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = new byte[5 + NONCE + length + TAG_BITS / 8];
      ByteBuffer.wrap(sealed).put(AES_256_GCM).putInt(key.getKey()).put(nonce);
      int at = 5 + NONCE;
      int done = 0;
      for (; length - done > STRIDE; done += STRIDE) {
        at += cipher.update(plain, from + done, STRIDE, sealed, at);
      }
      cipher.doFinal(plain, from + done, length - done, sealed, at);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is part of every Java", e);
    }
  }

  /** Decrypts what {@link #encrypt} made; a change of one bit is found. */
  public byte[] decrypt(byte[] sealed) {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    byte algorithm = in.get();
    int keyId = in.getInt();
    byte[] nonce = new byte[NONCE];
    in.get(nonce);
    try {
      SecretKeySpec encryptionKey = algorithm == AES_256_GCM ? opening(keyId) : null;
      if (encryptionKey == null) {
        throw new GeneralSecurityException("algorithm " + algorithm + ", key " + keyId);
      }
      Cipher cipher = ciphers.get();
      cipher.init(Cipher.DECRYPT_MODE, encryptionKey, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(sealed, in.position(), in.remaining());
    } catch (GeneralSecurityException e) {
      throw PoolProblem.work(
          "vault-unreadable",
          "vault",
          "a sealed page does not open: " + e.getMessage(),
          "restore vault/keys and the pool from one backup");
    }
  }

  /** The number of the key under which a run of bytes is sealed. */
  static int keyNumber(byte[] sealed) {
    return ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
  }

  /** A key by its number; one that was made since the vault was opened is read now. */
  private @Nullable SecretKeySpec opening(int number) {
    SecretKeySpec key = encryptionKeys.get(number);
    if (key == null && Files.exists(encryptionFile(keys, number))) {
      try {
        NavigableMap<Integer, SecretKeySpec> more = new TreeMap<>(encryptionKeys);
        more.putAll(encryptionKeys(keys));
        encryptionKeys = more;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      key = encryptionKeys.get(number);
    }
    return key;
  }

  /**
   * {@code person_ref}: a UUID made from a keyed 128-bit hash of the resident ID; the same in every
   * build of one pool.
   */
  public UUID reference(String residentId) {
    try {
      Mac mac = (Mac) references.clone();
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(residentId.getBytes(US_ASCII)));
      long high = (hash.getLong() & ~0xF000L) | 0x8000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's HMAC-SHA-256 can be copied", e);
    }
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is part of every Java", e);
    }
  }

  private static Mac references(byte[] hashingKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(hashingKey, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
    }
  }

  /** The key under which equal vault texts get equal marks. */
  public byte[] markKey() {
    return derived('m');
  }

  /** The secret of the noise of counts: like references, it stays for the life of a pool. */
  public byte[] noiseKey() {
    return derived('n');
  }

  private byte[] derived(char purpose) {
    byte[] key = new byte[33];
    key[0] = (byte) purpose;
    System.arraycopy(hashingKey, 0, key, 1, 32);
    return key;
  }
}
