package cn.ganye.server.analysis.internal;

import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.statistics.disclosure.CellKeyNoise;
import java.io.IOException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who sees exact counts, and what others see in their place. */
@Component
public class Disclosure {
  /** Townships and villages see tables of their county, whose people are more than theirs. */
  private static final Set<Role> EXACT = Set.of(Role.PROVINCE, Role.CITY, Role.COUNTY);

  private final CellKeyNoise noise;

  Disclosure(PoolLocation location) throws IOException {
    this.noise = new CellKeyNoise(Vault.open(new PoolFolder(location.root()).vault()).noiseKey());
  }

  /** Whether a role sees counts as they are. */
  public boolean exact(Role role) {
    return EXACT.contains(role);
  }

  /**
   * A count with the noise of its people.
   *
   * @param key sum of their keys
   */
  public long shown(long people, long key) {
    return noise.shown(people, key & 0xFFFF_FFFFL);
  }
}
