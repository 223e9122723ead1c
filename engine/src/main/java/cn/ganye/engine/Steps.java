package cn.ganye.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A set of steps that read each other's output, in an order in which each comes after its inputs.
 */
public final class Steps {
  private final Map<String, Step> byName = new LinkedHashMap<>();

  /**
   * Orders the given steps; of steps that wait for nothing, the one given first goes first.
   *
   * @throws IllegalArgumentException if two have one name or they wait for each other in a circle
   */
  public Steps(Collection<Step> steps) {
    Map<String, Step> waiting = new LinkedHashMap<>();
    for (Step step : steps) {
      if (waiting.put(step.name(), step) != null) {
        throw new IllegalArgumentException("two steps are called " + step.name());
      }
    }
    while (!waiting.isEmpty()) {
      List<Step> ready = new ArrayList<>();
      for (Step step : waiting.values()) {
        if (step.inputs().stream().noneMatch(waiting::containsKey)) {
          ready.add(step);
        }
      }
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "steps wait for each other in a circle: " + waiting.keySet());
      }
      Step next = ready.getFirst();
      waiting.remove(next.name());
      byName.put(next.name(), next);
    }
  }

  /**
   * Reads {@code folder/name.sql} for each name listed in {@code folder/steps.txt} beside a class.
   */
  public static List<Step> resources(Class<?> beside, String folder) {
    List<Step> steps = new ArrayList<>();
    for (String line : Sql.resource(beside, folder + "/steps.txt").split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        steps.add(
            Step.parse(line.strip(), Sql.resource(beside, folder + "/" + line.strip() + ".sql")));
      }
    }
    return steps;
  }

  /** Reads every {@code *.sql} of a folder, by name. */
  public static List<Step> folder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(Steps::file)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("steps in " + folder, e);
    }
  }

  private static Step file(Path file) {
    try {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.sql$", "");
      return Step.parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** All steps, each after its inputs. */
  public List<Step> ordered() {
    return List.copyOf(byName.values());
  }

  /** The steps that the given ones need, themselves included, each after its inputs. */
  public Steps upTo(Collection<String> names) {
    Set<String> needed = new HashSet<>(names);
    for (Step step : ordered().reversed()) {
      if (needed.contains(step.name())) {
        needed.addAll(step.inputs());
      }
    }
    return new Steps(
        byName.values().stream().filter(step -> needed.contains(step.name())).toList());
  }

  /** Tables that steps read and no step makes. */
  public Set<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    byName.values().forEach(step -> sources.addAll(step.inputs()));
    sources.removeAll(byName.keySet());
    return sources;
  }

  /**
   * Has the table of each step made after those that it reads, and dropped once the last step that
   * reads it is done. The listener hears of each on the caller's thread, its table and those that
   * it reads still there.
   *
   * @param atOnce how many steps may be made at once, asked before one is begun beside another
   * @param make makes a step's table or view, on threads of its own; yields the number of its rows,
   *     −1 for a view
   */
  public void each(
      IntSupplier atOnce, ToLongFunction<Step> make, Consumer<Step> drop, StepListener listener) {
    new StepRun(ordered(), atOnce, make, drop).run(listener);
  }
}
