package cn.ganye.cli;

import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.Derivation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option by which contracts and steps of one's own come beside those of the house. */
final class Documents {
  @Option(
      names = "--documents",
      paramLabel = "DIR",
      description = "Folder with more contracts/*.yaml and steps/*.sql.")
  @Nullable Path folder;

  Contracts contracts() {
    Path more = folder;
    return more == null ? Contracts.builtIn() : Contracts.with(more);
  }

  Steps steps() {
    return Derivation.steps(folder);
  }
}
