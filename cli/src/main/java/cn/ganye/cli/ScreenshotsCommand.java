package cn.ganye.cli;

import cn.ganye.server.ServerApplication;
import cn.ganye.server.ServerOptions;
import cn.ganye.server.marts.PoolLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ganye screenshots}: pictures of every main page, of the demo that {@code up} made. */
@Command(
    name = "screenshots",
    mixinStandardHelpOptions = true,
    description =
        "Take pictures of each main page and its states at 1440, 1024 and 390 pixels, of the demo that up made.")
final class ScreenshotsCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "var/screenshots",
      description = "Folder of the pictures (default ${DEFAULT-VALUE}).")
  Path out = Path.of("var/screenshots");

  @Override
  public Integer call() throws Exception {
    try (ServerApplication.Running app =
        ServerApplication.start(
            ServerOptions.local(
                new PoolLocation(
                    Path.of("var/pool").toAbsolutePath(),
                    Path.of("var/demo").toAbsolutePath(),
                    true),
                Path.of("var")))) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "node",
                  "e2e/screenshots.mjs",
                  "http://127.0.0.1:" + app.port(),
                  out.toAbsolutePath().toString()));
      app.made().forEach(made -> command.add(made.username() + "=" + made.password()));
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
  }
}
