package cn.ganye.server;

import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.storage.Connections;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the app is to run on.
 *
 * @param port 0 for any free one
 * @param host address to listen on
 * @param pool the pool, with at least one snapshot
 * @param demo whether it gets the demo's accounts, with new passwords at each start
 * @param state folder of the embedded database, and of the heads of the audit trail, a file a day
 * @param external a database of the operator's own; null for the embedded one
 * @param watchInbox whether a build begins by itself when files have come
 * @param singleSignOn the provider through which accounts may sign in too; null for none
 */
public record ServerOptions(
    int port,
    String host,
    PoolLocation pool,
    boolean demo,
    Path state,
    @Nullable Connections external,
    boolean watchInbox,
    @Nullable SingleSignOn singleSignOn) {

  /** For tests and measurements: any free port of this machine, nothing from outside. */
  public static ServerOptions local(PoolLocation pool, Path state) {
    return new ServerOptions(0, "127.0.0.1", pool, true, state, null, false, null);
  }
}
