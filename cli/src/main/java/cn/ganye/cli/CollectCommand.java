package cn.ganye.cli;

import cn.ganye.pool.Pool;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.snapshot.Retention;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool collect}: lets go what need not be kept. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = "Delete the snapshots that need not be kept, and files that none names.",
    footer = {
      "",
      "Each build does so at its end. Kept: the snapshot in force, the last three, the last of each",
      "month for three years, what a closed month hangs on (snapshots/ID.keep), and what somebody",
      "reads at the moment."
    })
final class CollectCommand implements Callable<Integer> {
  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PoolFolder pool = folder.existing();
    List<String> before = ids(pool);
    List<String> files = new ArrayList<>();
    PoolFolder.Moved shown = json ? (file, done, of) -> {} : new Progress().files("collect");
    try (FileChannel _ = pool.lock()) {
      pool.clear();
      Retention.collect(
          pool,
          (file, done, of) -> {
            files.add(file);
            shown.file(file, done, of);
          });
    }
    List<String> kept = ids(pool);
    List<String> gone = before.stream().filter(id -> !kept.contains(id)).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("snapshots_gone", gone);
      said.put("snapshots_kept", kept);
      said.put("files_gone", files.size());
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      gone.forEach(id -> out.println("gone: snapshot " + id));
      out.println(
          gone.size()
              + " snapshots and "
              + Progress.grouped(files.size())
              + " files are gone; "
              + kept.size()
              + " snapshots are kept.");
    }
    out.flush();
    return 0;
  }

  private static List<String> ids(PoolFolder pool) {
    return Pool.at(pool.root()).snapshots().stream().map(Manifest::snapshot).toList();
  }
}
