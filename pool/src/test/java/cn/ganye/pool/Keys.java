package cn.ganye.pool;

import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.reference.ResidentId;

/**
 * Dense keys of people, for tests that follow one person: only whoever holds the vault can tell.
 */
final class Keys {
  private Keys() {}

  /** The key that a pool has given to a resident ID. */
  static long of(Sample sample, String id) throws Exception {
    Manifest manifest = Pool.at(sample.pool).current();
    Identities identities =
        Identities.load(
            Vault.open(sample.pool.resolve("vault")),
            manifest.identities().stream().map(sample.pool::resolve).toList());
    for (int key = 1; key <= identities.persons().count(); key++) {
      if (new ResidentId(identities.persons().id(key)).text().equals(id)) {
        return key;
      }
    }
    throw new IllegalArgumentException("nobody has the ID " + id);
  }
}
