package cn.ganye.pool.derivation;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.ganye.engine.Hashes;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import cn.ganye.reference.Parameter;
import cn.ganye.reference.RetirementAge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps from the lake to the marts. */
public final class Derivation {
  private Derivation() {}

  /** The steps of the house, and those of {@code documents/steps} if a folder is given. */
  public static Steps steps(@Nullable Path documents) {
    List<Step> steps =
        new ArrayList<>(Steps.resources(Derivation.class, "/cn/ganye/pool/derivation"));
    if (documents != null && Files.isDirectory(documents.resolve("steps"))) {
      steps.addAll(Steps.folder(documents.resolve("steps")));
    }
    return new Steps(steps);
  }

  /** A fingerprint of everything but records that the marts follow from. */
  public static String rules(Steps steps) {
    MessageDigest digest = Hashes.sha256();
    steps.ordered().forEach(step -> digest.update(step.toString().getBytes(UTF_8)));
    Precedence.document().forEach(line -> digest.update(line.toString().getBytes(UTF_8)));
    Parameter.all().forEach(line -> digest.update(line.toString().getBytes(UTF_8)));
    RetirementAge.all().forEach(line -> digest.update(line.toString().getBytes(UTF_8)));
    return Hashes.hex(digest);
  }
}
