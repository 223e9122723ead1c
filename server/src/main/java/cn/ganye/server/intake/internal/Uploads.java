package cn.ganye.server.intake.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.FileName;
import cn.ganye.pool.source.Formats;
import cn.ganye.pool.source.SourceFile;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.problems.Problem;
import jakarta.annotation.PostConstruct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files that people send in. Each is written aside and moved whole into the folder that the pool is
 * built from; a name is a name, never a path.
 */
@Service
class Uploads {
  private static final Pattern NAME =
      Pattern.compile(
          "[\\p{L}\\p{N}_（）()\\-. ]{1,150}\\.(csv|txt|xlsx?|jsonl|ndjson|parquet|zip)(\\.gz)?");

  /** One that is being written. */
  private static final Pattern PART = Pattern.compile("\\.[0-9a-f-]{36}\\.part");

  private static final ZoneId LEGAL_DAYS = ZoneId.of("Asia/Shanghai");

  /** A file that came, as the desk shows it. */
  record Upload(
      UUID id, String name, String place, long bytes, String sha256, String username, Instant at) {}

  private final PoolLocation location;
  private final JdbcClient database;
  private final Audit audit;
  private final Clock clock;

  Uploads(PoolLocation location, JdbcClient database, Audit audit, Clock clock) {
    this.location = location;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a killed server had begun to write is swept. */
  @PostConstruct
  void sweep() throws IOException {
    Path folder = location.files().resolve("uploads");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path part : files.filter(f -> PART.matcher(name(f)).matches()).toList()) {
          Files.delete(part);
        }
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Takes a file. */
  @Transactional
  public Upload take(MultipartFile file) throws IOException {
    String name = file.getOriginalFilename();
    if (name == null
        || !NAME.matcher(name).matches()
        || name.startsWith(".")
        || name.startsWith("_")
        || name.contains("..")) {
      throw Problem.invalid(
          new Problem.Fault(
              "file",
              "文件名只用文字、数字、下划线、横线，以 .csv、.xlsx、.jsonl、.parquet 或 .zip 结尾（可再加 .gz），例如 contribution_360700_202512_20260113.xlsx"));
    }
    UUID id = UUID.randomUUID();
    Path folder = today();
    Path part = folder.resolve("." + id + ".part");
    String sha256 = writeOrNothing(file.getInputStream(), part);
    Optional<Problem.Fault> foreign = foreign(name, part);
    if (foreign.isPresent()) {
      Files.delete(part);
      throw Problem.invalid(foreign.get());
    }
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      target = folder.resolve(id.toString().substring(0, 8) + "_" + name);
      if (!same(folder.resolve(name), part)) {
        Files.delete(part);
        throw Problem.of(HttpStatus.CONFLICT, "name-taken", "今天已收到同名而内容不同的文件", "在文件名中写明发送日期后重新上传");
      }
    }
    return received(id, name, part, target, sha256);
  }

  /**
   * An office sends what is its own: no table may be named as one of somebody else's region. The
   * province and the administrator send for anybody.
   */
  private static Optional<Problem.Fault> foreign(String name, Path file) throws IOException {
    Account account = Current.account();
    if (account.role() != Role.CITY && account.role() != Role.COUNTY) {
      return Optional.empty();
    }
    String region = account.region();
    for (SourceFile table : Formats.tables(name, file)) {
      int of = FileName.read(table.path(), Contracts.builtIn()).region();
      if (!Integer.toString(of).startsWith(region)) {
        String where = of == 0 ? "没有写明区划" : "写的区划是 " + of;
        return Optional.of(
            new Problem.Fault(
                "file", table.path() + " " + where + "；您的账号只能报送 " + region + " 及其下的文件，在文件名中写明"));
      }
    }
    return Optional.empty();
  }

  /** Takes a table that was made here, under a name that nothing else of today has. */
  @Transactional
  public Upload take(String name, byte[] content) throws IOException {
    UUID id = UUID.randomUUID();
    Path folder = today();
    Path part = folder.resolve("." + id + ".part");
    String sha256 = writeOrNothing(new ByteArrayInputStream(content), part);
    Path target = folder.resolve(name);
    for (int more = 2; Files.exists(target); more++) {
      target = folder.resolve(name.replaceFirst("(?=\\.[^.]+$)", "_" + more));
    }
    return received(id, name, part, target, sha256);
  }

  private Path today() throws IOException {
    return Files.createDirectories(
        location
            .files()
            .resolve("uploads")
            .resolve(LocalDate.now(clock.withZone(LEGAL_DAYS)).toString()));
  }

  private static String writeOrNothing(InputStream from, Path part) throws IOException {
    try {
      return write(from, part);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private Upload received(UUID id, String name, Path part, Path target, String sha256)
      throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Account account = Current.account();
    Upload upload =
        new Upload(
            id,
            name,
            location.files().relativize(target).toString(),
            Files.size(target),
            sha256,
            account.username(),
            clock.instant());
    database
        .sql(
            "INSERT INTO intake.upload (id, region, account, username, name, place, bytes, sha256, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(id)
        .param(account.region())
        .param(account.id())
        .param(account.username())
        .param(name)
        .param(upload.place())
        .param(upload.bytes())
        .param(sha256)
        .param(Timestamp.from(upload.at()))
        .update();
    audit.write("file-received", id.toString(), "", name);
    return upload;
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.mismatch(one, other) == -1;
  }

  private static String write(InputStream from, Path part) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(from, digest);
          FileChannel channel =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        in.transferTo(out);
        channel.force(true);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  /** The last hundred of the account's region, the newest first. */
  @Transactional(readOnly = true)
  public List<Upload> list() {
    return database
        .sql("SELECT * FROM intake.upload ORDER BY at DESC LIMIT 100")
        .query(
            (row, number) ->
                new Upload(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("place"),
                    row.getLong("bytes"),
                    row.getString("sha256"),
                    row.getString("username"),
                    row.getTimestamp("at").toInstant()))
        .list();
  }
}
