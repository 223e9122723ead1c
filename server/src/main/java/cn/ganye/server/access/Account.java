package cn.ganye.server.access;

import cn.ganye.server.storage.Scope;
import java.util.UUID;

/**
 * Who is signed in.
 *
 * @param region code of the region that the account is for
 * @param mustChange whether the password must be changed before anything else
 */
public record Account(
    UUID id, String username, String displayName, Role role, String region, boolean mustChange) {
  /** The scope of what the account does. */
  public Scope scope() {
    return new Scope(id.toString(), role.word(), region);
  }
}
