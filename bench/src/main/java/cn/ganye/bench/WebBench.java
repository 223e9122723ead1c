package cn.ganye.bench;

import cn.ganye.pool.PersonRegister;
import cn.ganye.pool.Pool;
import cn.ganye.pool.snapshot.Manifest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads a running app over loopback, bounded in count and time: sign-in, files, searches and the
 * overview, by one, eight and sixty-four users, the last with two seconds of thought.
 */
public final class WebBench {
  private static final int SAMPLE = 2_000;
  private static final Duration LONGEST = Duration.ofSeconds(12);
  private static final int REQUESTS_A_USER = 150;

  /** So many at once, each thinking so long between requests. */
  private record Load(int users, long thinkMillis) {}

  /** Not measured: a server compiles what it runs most in its first seconds. */
  private static final Load WARM_UP = new Load(8, 0);

  private static final List<Load> LOADS =
      List.of(new Load(1, 0), new Load(8, 0), new Load(64, 2_000));

  /** One journey: a path drawn for each request. */
  private record Journey(String name, Draw draw) {}

  @FunctionalInterface
  private interface Draw {
    String path(SplittableRandom random);
  }

  private record Timing(long nanos, boolean failed) {}

  private final URI base;
  private final String username;
  private final String password;
  private final Path pool;
  private final Path work;
  private final Set<String> only;

  /**
   * @param only names of the journeys to measure; all if there are none
   * @param username an account of the whole province
   * @param work folder for what peers need meanwhile
   */
  public WebBench(
      URI base, String username, String password, Path pool, Path work, Set<String> only) {
    this.base = base;
    this.username = username;
    this.password = password;
    this.pool = pool;
    this.work = work;
    this.only = only;
  }

  /** Measures everything. */
  public void run(PoolBench.Figures figures) throws Exception {
    List<PersonRegister.Entry> people = sample();
    HttpClient session = signedIn();
    List<String> employers = employers(session);
    List<Integer> months = months();
    List<Journey> journeys =
        List.of(
            new Journey(
                "person-file", r -> "/api/v1/people/" + people.get(r.nextInt(people.size())).ref()),
            new Journey(
                "employer-file",
                r -> "/api/v1/employers/" + employers.get(r.nextInt(employers.size()))),
            new Journey(
                "number-search",
                r -> "/api/v1/people?query=" + people.get(r.nextInt(people.size())).number()),
            new Journey(
                "name-search",
                r ->
                    "/api/v1/people?query="
                        + URLEncoder.encode(
                            part(people.get(r.nextInt(people.size())).name(), r),
                            StandardCharsets.UTF_8)),
            new Journey("initials-search", r -> "/api/v1/people?query=" + initials(r)),
            new Journey("overview", r -> "/api/v1/overview"),
            new Journey("choropleth", WebBench::choropleth),
            new Journey("tile", WebBench::tile),
            new Journey("cross-tab", r -> crossTab(r, months, false)),
            new Journey("cross-tab-by-month", r -> crossTab(r, months, true)));
    if (only.isEmpty()) {
      signIns(figures);
    }
    for (Journey journey : journeys) {
      if (!only.isEmpty() && !only.contains(journey.name())) {
        continue;
      }
      load(session, journey, WARM_UP);
      for (Load load : LOADS) {
        say(figures, journey.name() + "-" + load.users(), load(session, journey, load));
      }
    }
    if (only.isEmpty() || only.contains("close")) {
      close(figures, session);
    }
    if (only.isEmpty() || only.contains("export")) {
      export(figures, session);
    }
    if (only.isEmpty() || only.contains("cross-tab-peers")) {
      new CrossTabPeers(pool, work).run(figures, path -> people(session, path));
    }
  }

  /** How many people all cells of a cross-tab have. */
  private long people(HttpClient session, String path) throws Exception {
    String body =
        session
            .send(
                HttpRequest.newBuilder(base.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(body);
    if (!total.find()) {
      throw new IllegalStateException(path + ": " + body);
    }
    return Long.parseLong(total.group(1));
  }

  /** A tile with a point of the province, from afar or near. */
  private static String tile(SplittableRandom random) {
    int z = 5 + random.nextInt(10);
    double longitude = 113.6 + 4.8 * random.nextDouble();
    double latitude = Math.toRadians(24.5 + 5.5 * random.nextDouble());
    int x = (int) ((longitude + 180) / 360 * (1 << z));
    int y =
        (int)
            ((1 - Math.log(Math.tan(latitude) + 1 / Math.cos(latitude)) / Math.PI) / 2 * (1 << z));
    return "/api/v1/map/enterprises/" + z + "/" + x + "/" + y;
  }

  private List<PersonRegister.Entry> sample() throws IOException {
    List<PersonRegister.Entry> people = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    int[] seen = {0};
    PersonRegister.read(
        pool,
        Pool.at(pool).current(),
        entry -> {
          int at = seen[0]++ < SAMPLE ? people.size() : random.nextInt(seen[0]);
          if (at == people.size() && people.size() < SAMPLE) {
            people.add(entry);
          } else if (at < SAMPLE) {
            people.set(at, entry);
          }
        });
    return people;
  }

  private static String part(String name, SplittableRandom random) {
    return name.length() < 2 || random.nextInt(3) == 0 ? name : name.substring(0, 1);
  }

  private static String initials(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      text.append("zlwcxyhgjq".charAt(random.nextInt(10)));
    }
    return text.toString();
  }

  private List<Integer> months() {
    List<Integer> months = new ArrayList<>();
    Manifest manifest = Pool.at(pool).current();
    for (int month = manifest.firstMonth();
        month <= manifest.lastMonth();
        month += month % 100 == 12 ? 89 : 1) {
      months.add(month);
    }
    return months;
  }

  /** A measure for all months, of the province or one of its cities. */
  private static String choropleth(SplittableRandom random) {
    List<String> measures =
        List.of(
            "residents",
            "employed",
            "employed&regionBy=residence",
            "employed&industry=C",
            "unemployed",
            "unemployment-rate",
            "employment-rate&group=graduate",
            "unknown-share",
            "away",
            "hires",
            "separation-rate",
            "base");
    return "/api/v1/analysis/figures?measure="
        + measures.get(random.nextInt(measures.size()))
        + "&region="
        + region(random);
  }

  private static String region(SplittableRandom random) {
    int city = random.nextInt(12);
    return city == 0 ? "36" : "36%02d".formatted(city);
  }

  /** Three dimensions and two filters, drawn; the same question seldom comes twice. */
  private static String crossTab(SplittableRandom random, List<Integer> months, boolean byMonth) {
    List<String> dimensions =
        new ArrayList<>(
            List.of("region", "status", "sex", "age_group", "education", "industry", "basis"));
    List<String> drawn = new ArrayList<>(byMonth ? List.of("month") : List.of());
    while (drawn.size() < 3) {
      drawn.add(dimensions.remove(random.nextInt(dimensions.size())));
    }
    List<String> filters =
        new ArrayList<>(
            List.of(
                "status:EMPLOYED%7CUNEMPLOYED",
                "sex:" + (1 + random.nextInt(2)),
                "age_group:" + (20 + 5 * random.nextInt(7)) + "%7C55",
                "industry:C%7CF%7C" + (char) ('G' + random.nextInt(6)),
                "status:EMPLOYED"));
    String one = filters.remove(random.nextInt(filters.size()));
    String other = filters.remove(random.nextInt(filters.size()));
    return "/api/v1/analysis/crosstab?dimensions="
        + String.join(",", drawn)
        + "&filters="
        + (one.split(":")[0].equals(other.split(":")[0]) ? one + ",sex:1" : one + "," + other)
        + "&region="
        + region(random)
        + "&regionBy="
        + (random.nextBoolean() ? "residence" : "work")
        + (byMonth
            ? "&since=" + months.getFirst() + "&month=" + months.getLast()
            : "&month=" + months.get(random.nextInt(months.size())));
  }

  private HttpClient signedIn() throws Exception {
    HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    client.send(
        HttpRequest.newBuilder(base.resolve("/api/v1/me")).build(),
        HttpResponse.BodyHandlers.discarding());
    post(
        client,
        "/api/v1/session",
        "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
    return client;
  }

  private String post(HttpClient client, String path, String json) throws Exception {
    CookieManager cookies = (CookieManager) client.cookieHandler().orElseThrow();
    String token =
        cookies.getCookieStore().getCookies().stream()
            .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
            .map(HttpCookie::getValue)
            .findFirst()
            .orElse("");
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", token)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  /** Freezes the last month once, and prints its brief. */
  private void close(PoolBench.Figures figures, HttpClient session) throws Exception {
    int month = Pool.at(pool).current().lastMonth();
    once(figures, "close-freeze", () -> post(session, "/api/v1/closes", "{}"));
    once(
        figures,
        "close-brief-pdf",
        () ->
            session.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/closes/36/" + month + "/brief.pdf"))
                    .build(),
                HttpResponse.BodyHandlers.discarding()));
  }

  /** Writes out the largest mart, all months of it. */
  private void export(PoolBench.Figures figures, HttpClient session) throws Exception {
    long start = System.nanoTime();
    String body = post(session, "/api/v1/exports", "{\"mart\":\"stock\"}");
    while (!body.contains("\"state\":\"done\"")) {
      if (body.contains("\"state\":\"failed\"")) {
        throw new IllegalStateException(body);
      }
      Thread.sleep(500);
      body =
          session
              .send(
                  HttpRequest.newBuilder(base.resolve("/api/v1/exports")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Matcher rows = Pattern.compile("\"rows\":(\\d+)").matcher(body);
    long written = rows.find() ? Long.parseLong(rows.group(1)) : 0;
    figures.figure("export-rows", Long.toString(written), "rows");
    figures.figure("export-seconds", String.format(Locale.ROOT, "%.1f", seconds), "s");
  }

  @FunctionalInterface
  private interface Work {
    Object done() throws Exception;
  }

  private static void once(PoolBench.Figures figures, String name, Work work) throws Exception {
    long start = System.nanoTime();
    work.done();
    figures.figure(
        name, String.format(Locale.ROOT, "%.0f", (System.nanoTime() - start) / 1e6), "ms");
  }

  private List<String> employers(HttpClient session) throws Exception {
    List<String> refs = new ArrayList<>();
    for (int after = 0; after < 200; after += 20) {
      String page =
          session
              .send(
                  HttpRequest.newBuilder(base.resolve("/api/v1/employers?after=" + after)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher found = Pattern.compile("\"ref\":\"([0-9a-f-]{36})\"").matcher(page);
      while (found.find()) {
        refs.add(found.group(1));
      }
    }
    return refs;
  }

  private void signIns(PoolBench.Figures figures) throws Exception {
    for (int users : new int[] {1, 8}) {
      List<Timing> timings = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(users)) {
        List<Future<Timing>> all = new ArrayList<>();
        for (int i = 0; i < users * 5; i++) {
          all.add(
              threads.submit(
                  () -> {
                    long start = System.nanoTime();
                    signedIn();
                    return new Timing(System.nanoTime() - start, false);
                  }));
        }
        for (Future<Timing> one : all) {
          timings.add(one.get());
        }
      }
      say(figures, "sign-in-" + users, timings);
    }
  }

  private List<Timing> load(HttpClient session, Journey journey, Load load) throws Exception {
    long until = System.nanoTime() + LONGEST.toNanos();
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Timing>>> all = new ArrayList<>();
      for (int user = 0; user < load.users(); user++) {
        SplittableRandom random = new SplittableRandom(user * 31L + load.users());
        all.add(
            users.submit(
                () -> {
                  List<Timing> timings = new ArrayList<>();
                  Thread.sleep(load.thinkMillis() == 0 ? 0 : random.nextLong(load.thinkMillis()));
                  while (timings.size() < REQUESTS_A_USER && System.nanoTime() < until) {
                    timings.add(time(session, journey.draw().path(random)));
                    Thread.sleep(load.thinkMillis());
                  }
                  return timings;
                }));
      }
      List<Timing> timings = new ArrayList<>();
      for (Future<List<Timing>> one : all) {
        timings.addAll(one.get());
      }
      return timings;
    }
  }

  private Timing time(HttpClient session, String path) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer =
        session.send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    return new Timing(System.nanoTime() - start, answer.statusCode() != 200);
  }

  private static void say(PoolBench.Figures figures, String name, List<Timing> timings) {
    long[] sorted = timings.stream().mapToLong(Timing::nanos).sorted().toArray();
    for (int percent : new int[] {50, 95, 99}) {
      int at = Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1);
      figures.figure(
          name + "-p" + percent,
          String.format(Locale.ROOT, "%.1f", sorted[Math.max(0, at)] / 1e6),
          "ms");
    }
    figures.figure(name + "-requests", Integer.toString(sorted.length), "requests");
    figures.figure(
        name + "-errors",
        Long.toString(timings.stream().filter(Timing::failed).count()),
        "requests");
  }
}
