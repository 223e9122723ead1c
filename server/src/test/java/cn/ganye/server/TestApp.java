package cn.ganye.server;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.PoolBuild;
import cn.ganye.server.access.Accounts;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real app over a small synthetic province: started once for all tests, on a free port. */
final class TestApp {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static TestApp running;

  final ServerApplication.Running app;
  final Path files;
  final Path pool;
  final Path database;

  private TestApp() throws Exception {
    Path folder = Files.createTempDirectory("ganye-server");
    files = folder.resolve("files");
    pool = folder.resolve("pool");
    database = folder.resolve("postgres");
    Synth.make(SynthOptions.of(12_000, 14, 11, files), (done, of, records) -> {});
    PoolBuild.run(BuildOptions.of(files, pool, LocalDate.of(2026, 1, 1)), BuildListener.SILENT);
    app = ServerApplication.start(ServerOptions.local(new PoolLocation(pool, files, true), folder));
    app.closeOnExit();
  }

  static synchronized TestApp running() throws Exception {
    if (running == null) {
      running = new TestApp();
    }
    return running;
  }

  String password(String username) {
    return app.made().stream()
        .filter(made -> made.username().equals(username))
        .findFirst()
        .orElseThrow()
        .password();
  }

  /** Somebody with a browser of their own; signed in if a username is given. */
  Visitor visitor() {
    return new Visitor(app.port());
  }

  Visitor signedIn(String username) throws Exception {
    Visitor visitor = visitor();
    Answer answer = visitor.signIn(username, password(username));
    if (answer.status() != 200) {
      throw new IllegalStateException(username + ": " + answer);
    }
    return visitor;
  }

  /** Somebody of a role and region that no account of the demo has. */
  Visitor signedInWithin(Role role, String region) throws Exception {
    String username = role.word() + "-" + region;
    app.context()
        .getBean(Accounts.class)
        .found(username, role.title(), role, region, "a password of tests", true);
    Visitor visitor = visitor();
    if (visitor.signIn(username, "a password of tests").status() != 200) {
      throw new IllegalStateException(username);
    }
    return visitor;
  }

  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String code() {
      return body.startsWith("{") ? json().path("code").asString("") : "";
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  static final class Visitor {
    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

    Visitor(int port) {
      base = "http://127.0.0.1:" + port;
    }

    Answer signIn(String username, String password) throws Exception {
      get("/api/v1/me");
      return post(
          "/api/v1/session",
          "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
    }

    Answer get(String path) throws Exception {
      return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    Answer get(String path, String header, String value) throws Exception {
      return send(HttpRequest.newBuilder(URI.create(base + path)).header(header, value).GET());
    }

    Answer post(String path, String json) throws Exception {
      return send(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Content-Type", "application/json")
              .header("X-XSRF-TOKEN", token())
              .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer postWithoutToken(String path, String json) throws Exception {
      return send(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer upload(String path, String name, byte[] content) throws Exception {
      String boundary = "----ganye";
      byte[] head =
          ("--"
                  + boundary
                  + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                  + name
                  + "\"\r\nContent-Type: text/csv\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8);
      byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[head.length + content.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(content, 0, body, head.length, content.length);
      System.arraycopy(tail, 0, body, head.length + content.length, tail.length);
      return send(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Content-Type", "multipart/form-data; boundary=" + boundary)
              .header("X-XSRF-TOKEN", token())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    byte[] bytes(String path) throws Exception {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(base + path)).GET().build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }

    /** Begins an upload and never ends it; counts down once half a mebibyte is on its way. */
    CompletableFuture<?> uploadHalf(String path, String name, CountDownLatch half) {
      byte[] head =
          ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                  + name
                  + "\"\r\nContent-Type: text/csv\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8);
      InputStream endless =
          new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
              if (sent < head.length) {
                return head[sent++];
              }
              if (sent++ > (512 << 10)) {
                half.countDown();
                try {
                  Thread.sleep(60_000);
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
              return '\n';
            }
          };
      return client.sendAsync(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Content-Type", "multipart/form-data; boundary=x")
              .header("X-XSRF-TOKEN", token())
              .POST(HttpRequest.BodyPublishers.ofInputStream(() -> endless))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    String token() {
      return cookies.getCookieStore().getCookies().stream()
          .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
          .map(HttpCookie::getValue)
          .findFirst()
          .orElse("");
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    }
  }
}
