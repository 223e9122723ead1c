package cn.ganye.server.words.internal;

import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.Precedence;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.PersonCodes;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The words of codes, and the snapshot in force. */
@RestController
@RequestMapping("/api/v1")
class WordsController {
  private static final String HOME = "36";
  private static final List<String> LISTS =
      List.of(
          "subsidy-kind",
          "hardship-kind",
          "disability-kind",
          "graduate-placement",
          "relation",
          "region-by",
          "key-group",
          "basis",
          "evidence",
          "fact",
          "status");

  /**
   * @param regions six digits → name; of other provinces with the province's before it
   * @param children within the home province: code (2, 4 digits) → codes below it
   * @param lists code list → code → title
   * @param evidence basis → the kinds of evidence that lead to it, the strongest first
   */
  record Words(
      Map<String, String> regions,
      Map<String, List<String>> children,
      Map<String, String> industries,
      Map<String, String> education,
      Map<String, DatasetWords> datasets,
      Map<String, String> senders,
      Map<String, String> reasons,
      Map<String, Map<String, String>> lists,
      Map<String, List<String>> evidence) {}

  record DatasetWords(String title, String sender) {}

  private final Marts marts;
  private final Words words = words();

  WordsController(Marts marts) {
    this.marts = marts;
  }

  @GetMapping("/words")
  @Allowed(everyAccount = true)
  Words all() {
    return words;
  }

  /**
   * Townships and villages of a county of the home province: code of 9 or 12 digits → name.
   *
   * @throws Problem not found, if there is no such county
   */
  @GetMapping("/words/places/{county}")
  @Allowed(everyAccount = true)
  Map<String, String> places(@PathVariable String county) {
    Map<String, String> places = new TreeMap<>();
    for (Region township :
        county.length() == 6 ? Regions.china().children(county) : List.<Region>of()) {
      places.put(township.code(), township.name());
      Regions.china().children(township.code()).forEach(v -> places.put(v.code(), v.name()));
    }
    if (places.isEmpty()) {
      throw Problem.notFound("该县（市、区）");
    }
    return places;
  }

  @GetMapping("/snapshot")
  @Allowed(everyAccount = true)
  Snapshot snapshot() {
    return marts.snapshot();
  }

  private static Words words() {
    Contracts contracts = Contracts.builtIn();
    Map<String, String> regions = new TreeMap<>();
    Map<String, List<String>> children = new TreeMap<>();
    for (Region province : Regions.china().provinces()) {
      boolean home = province.code().equals(HOME);
      regions.put(province.code() + "0000", province.name());
      for (Region city : Regions.china().children(province.code())) {
        List<Region> counties = Regions.china().children(city.code());
        String before = home ? "" : province.name() + " ";
        regions.put(city.code() + "00", before + city.name());
        counties.forEach(county -> regions.put(county.code(), before + county.name()));
        if (home) {
          children.put(city.code(), counties.stream().map(Region::code).toList());
        }
      }
      if (home) {
        children.put(HOME, Regions.china().children(HOME).stream().map(Region::code).toList());
      }
    }
    Map<String, String> industries = new LinkedHashMap<>();
    for (Industry section : Industries.sections()) {
      industries.put(section.code(), section.name());
    }
    Map<String, DatasetWords> datasets = new LinkedHashMap<>();
    for (Contract contract : contracts.all()) {
      datasets.put(contract.id(), new DatasetWords(contract.title(), contract.sender()));
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    for (RefusalReason reason : RefusalReason.values()) {
      reasons.put(reason.code(), reason.title());
    }
    Map<String, Map<String, String>> lists = new LinkedHashMap<>();
    for (String list : LISTS) {
      lists.put(list, titles(contracts.list(list)));
    }
    return new Words(
        regions,
        children,
        industries,
        PersonCodes.list("education"),
        datasets,
        titles(contracts.list("sender")),
        reasons,
        lists,
        evidence());
  }

  private static Map<String, List<String>> evidence() {
    Map<String, List<String>> evidence = new TreeMap<>();
    Precedence.document().stream()
        .sorted(Comparator.comparingInt(Precedence::rank))
        .forEach(
            line ->
                evidence
                    .computeIfAbsent(line.basis(), basis -> new ArrayList<>())
                    .add(line.evidence()));
    return evidence;
  }

  private static Map<String, String> titles(CodeList list) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (int i = 0; i < list.codes().size(); i++) {
      titles.put(list.codes().get(i), list.titles().get(i));
    }
    return titles;
  }
}
