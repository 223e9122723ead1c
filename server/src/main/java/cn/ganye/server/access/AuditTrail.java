package cn.ganye.server.access;

import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks the audit trail from outside the app. */
public final class AuditTrail {
  private AuditTrail() {}

  /**
   * What was found.
   *
   * @param head hash of the last block; "" if none is sealed
   * @param open entries that no block has sealed yet
   * @param headsChecked heads of earlier days that were looked up
   * @param faults what is wrong; empty if the trail is whole
   */
  public record Report(
      long blocks, long entries, long open, String head, int headsChecked, List<String> faults) {}

  /**
   * Checks every block against its entries and the block before, and every exported head against
   * the chain.
   *
   * @param connection as the owner of the tables
   * @param heads folder of exported heads; may be missing
   */
  public static Report verify(Connection connection, Path heads) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet trail = statement.executeQuery("SELECT to_regclass('access.audit_block')")) {
      trail.next();
      if (trail.getString(1) == null) {
        throw PoolProblem.use(
            "trail-missing",
            connection.getMetaData().getURL().replaceAll("\\?.*", ""),
            "there is no audit trail in this database",
            "give the database that ./ganye up works with");
      }
    }
    List<String> faults = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet broken =
            statement.executeQuery("SELECT number, what FROM access.broken_audit_blocks()")) {
      while (broken.next()) {
        faults.add("block " + broken.getLong(1) + ": " + broken.getString(2));
      }
    }
    int checked = heads(connection, heads, faults);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), coalesce(max(last_entry), 0),"
                    + " (SELECT count(*) FROM access.audit_entry e WHERE e.id > coalesce(max(b.last_entry), 0)),"
                    + " coalesce((SELECT hash FROM access.audit_head()), '') FROM access.audit_block b")) {
      row.next();
      return new Report(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), checked, faults);
    }
  }

  private static int heads(Connection connection, Path folder, List<String> faults)
      throws SQLException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path file : files) {
      String[] head;
      try {
        head = Files.readString(file).strip().split(" ");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (head.length != 2 || !holds(connection, head[0], head[1])) {
        faults.add("head of " + file.getFileName() + ": not in the trail");
      }
    }
    return files.size();
  }

  private static boolean holds(Connection connection, String number, String hash)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM access.audit_block WHERE number::text = ? AND encode(hash, 'hex') = ?")) {
      statement.setString(1, number);
      statement.setString(2, hash);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
