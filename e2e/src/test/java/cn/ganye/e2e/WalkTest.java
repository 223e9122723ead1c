package cn.ganye.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.PersonRegister;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.server.ServerApplication;
import cn.ganye.server.ServerOptions;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser walks the main journeys of the real app; {@code walk.mjs} says which. */
class WalkTest {
  @Test
  void the_main_journeys_work_in_a_browser(@TempDir Path folder) throws Exception {
    if ("1".equals(System.getenv("GANYE_NO_BROWSER"))) {
      System.out.println("SKIPPED: the walk in a browser (GANYE_NO_BROWSER=1)");
      abort("no browser wanted");
    }
    Path files = folder.resolve("files");
    Path pool = folder.resolve("pool");
    Synth.make(SynthOptions.of(100_000, 14, 11, files), (done, of, records) -> {});
    PoolBuild.run(BuildOptions.of(files, pool, LocalDate.of(2026, 1, 1)), BuildListener.SILENT);
    List<PersonRegister.Entry> people = new ArrayList<>();
    PersonRegister.read(pool, Pool.at(pool).current(), people::add);
    PersonRegister.Entry person =
        people.stream()
            .filter(
                p ->
                    p.residence().startsWith("360722")
                        && !in(p, "360121")
                        && p.lastMonth() == 202402)
            .findFirst()
            .orElseThrow();
    try (ServerApplication.Running app =
        ServerApplication.start(ServerOptions.local(new PoolLocation(pool, files, true), folder))) {
      List<String> command =
          new ArrayList<>(List.of("node", "walk.mjs", "http://127.0.0.1:" + app.port()));
      command.add(person.number());
      command.add(person.name());
      app.made().forEach(made -> command.add(made.username() + "=" + made.password()));
      Process walk = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> said = walk.inputReader().lines().peek(System.out::println).toList();
      assertThat(walk.waitFor(5, TimeUnit.MINUTES)).as("the walk ends").isTrue();
      assertThat(walk.exitValue()).as("%s", String.join("\n", said)).isZero();
    }
  }

  private static boolean in(PersonRegister.Entry person, String region) {
    return List.of(person.hukou(), person.residence(), person.insured(), person.work()).stream()
        .anyMatch(place -> place.startsWith(region));
  }
}
