package cn.ganye.pool.contract;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML mapping being read: gives typed values and gathers every fault with its line. */
final class Document {
  private final String file;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final List<String> faults;
  private final int line;

  private Document(String file, @Nullable Node node, List<String> faults) {
    this.file = file;
    this.faults = faults;
    this.line = node == null ? 1 : node.getStartMark().getLine() + 1;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        entries.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
      }
    } else {
      faults.add(file + ":" + line + ": a mapping of names to values is expected here");
    }
  }

  static Document parse(String file, String text, List<String> faults) {
    try {
      return new Document(
          file, new Yaml(new LoaderOptions()).compose(new StringReader(text)), faults);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      faults.add(file + ":" + line + ": not YAML: " + e.getProblem());
      return new Document(
          file,
          new MappingNode(
              org.yaml.snakeyaml.nodes.Tag.MAP,
              List.of(),
              org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK),
          faults);
    }
  }

  void fault(String what) {
    faults.add(file + ":" + line + ": " + what);
  }

  void allow(Set<String> names) {
    entries.forEach(
        (name, node) -> {
          if (!names.contains(name)) {
            faults.add(
                at(node)
                    + "unknown word '"
                    + name
                    + "'; known here: "
                    + String.join(", ", names.stream().sorted().toList()));
          }
        });
  }

  Set<String> names() {
    return entries.keySet();
  }

  String text(String name) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      fault("'" + name + "' is missing");
    }
    return value.orElse("");
  }

  Optional<String> optional(String name) {
    Node node = entries.get(name);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    faults.add(at(node) + "'" + name + "' is one value");
    return Optional.empty();
  }

  boolean flag(String name) {
    return optional(name).map(Boolean::parseBoolean).orElse(false);
  }

  long number(String name, long otherwise) {
    Optional<String> value = optional(name);
    try {
      return value.map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      fault("'" + name + "' is a whole number");
      return otherwise;
    }
  }

  List<String> list(String name) {
    Node node = entries.get(name);
    List<String> values = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          values.add(scalar.getValue());
        } else {
          faults.add(at(item) + "'" + name + "' is a list of single values");
        }
      }
    } else if (node instanceof ScalarNode scalar) {
      values.add(scalar.getValue());
    }
    return values;
  }

  Document mapping(String name) {
    return new Document(file, entries.get(name), faults);
  }

  List<Document> mappings(String name) {
    List<Document> documents = new ArrayList<>();
    if (entries.get(name) instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        documents.add(new Document(file, item, faults));
      }
    }
    return documents;
  }

  private String at(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1) + ": ";
  }
}
