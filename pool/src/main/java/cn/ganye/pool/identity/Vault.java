package cn.ganye.pool.identity;

import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What nobody may read by chance: resident IDs, names, addresses, phones, quarantined text.
 * Encrypted with AES-256-GCM; each ciphertext starts with the algorithm and the key's number.
 * Another key makes {@code person_ref} and marks.
 *
 * <p>Both keys are made with the pool and lie in {@code vault/keys}, readable by the owner alone.
 */
public final class Vault {
  private static final byte AES_256_GCM = 1;
  private static final int NONCE = 12;

  /** Short calls are compiled sooner, and only compiled ones use the processor's instructions. */
  private static final int STRIDE = 1 << 10;

  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int encryptionKeyId;
  private final SecretKeySpec encryptionKey;
  private final byte[] hashingKey;

  private Vault(int encryptionKeyId, byte[] encryptionKey, byte[] hashingKey) {
    this.encryptionKeyId = encryptionKeyId;
    this.encryptionKey = new SecretKeySpec(encryptionKey, "AES");
    this.hashingKey = hashingKey;
  }

  /** Opens the vault of a pool; makes its keys if the pool is new. */
  public static Vault open(Path folder) throws IOException {
    makePrivate(folder);
    Path keys = folder.resolve("keys");
    makePrivate(keys);
    return new Vault(1, key(keys.resolve("encryption-1.key")), key(keys.resolve("hashing.key")));
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
      Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
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
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, encryptionKey, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = new byte[5 + NONCE + length + TAG_BITS / 8];
      ByteBuffer.wrap(sealed).put(AES_256_GCM).putInt(encryptionKeyId).put(nonce);
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
      if (algorithm != AES_256_GCM || keyId != encryptionKeyId) {
        throw new GeneralSecurityException("algorithm " + algorithm + ", key " + keyId);
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
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

  /**
   * {@code person_ref}: a UUID made from a keyed 128-bit hash of the resident ID; the same in every
   * build of one pool.
   */
  public UUID reference(String residentId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(hashingKey, "HmacSHA256"));
      ByteBuffer hash =
          ByteBuffer.wrap(
              mac.doFinal(residentId.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      long high = (hash.getLong() & ~0xF000L) | 0x8000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
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
