package cn.ganye.server;

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
 * @param databaseFolder where the embedded database keeps its data
 * @param auditHeads where the head of the audit trail is written, a file a day
 * @param external a database of the operator's own; null for the embedded one
 */
public record ServerOptions(
    int port,
    String host,
    PoolLocation pool,
    Path databaseFolder,
    Path auditHeads,
    @Nullable Connections external) {}
