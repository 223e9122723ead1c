package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.analysis.internal.FiguresReader.Figure;
import cn.ganye.server.analysis.internal.FiguresReader.Question;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Months;
import cn.ganye.server.marts.Snapshot;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Measures by region and month: what the map colours and a series draws. */
@RestController
@RequestMapping("/api/v1/analysis")
class FiguresController {
  private static final int PROVINCE_DIGITS = 2;

  /**
   * What a measure is.
   *
   * @param nature registered or inferred
   * @param good 1 if more is good news, −1 if less is, 0 if neither
   * @param rate whether it is a part of something
   * @param regionBy by which places it can be asked for, the usual one first
   * @param people whether those behind it can be listed, by who may see people
   * @param enterprises the order in which the enterprises behind it can be listed, if they can
   */
  record MeasureLine(
      String measure,
      String title,
      String unit,
      String definition,
      String nature,
      int good,
      boolean rate,
      List<String> regionBy,
      boolean byIndustry,
      boolean byGroup,
      boolean people,
      @Nullable String enterprises) {}

  /**
   * One region's figures in the months of the answer, in their order.
   *
   * @param part null where a file that the figure needs has not come, or it is withheld
   * @param of what it is a part of; null for plain counts
   * @param withheld months whose figure is withheld because too few stand behind it
   */
  record Area(
      String region,
      List<@Nullable Number> part,
      @Nullable List<@Nullable Number> of,
      List<Integer> withheld) {}

  /**
   * A measure over all months.
   *
   * @param level regions within: city or county
   * @param perturbed whether counts carry noise: then regions do not add up to the total
   * @param total of the region asked for
   */
  record Figures(
      String measure,
      String region,
      String level,
      String regionBy,
      @Nullable String industry,
      @Nullable String group,
      boolean perturbed,
      List<Integer> months,
      Area total,
      List<Area> areas,
      Snapshot snapshot) {}

  private final Marts marts;
  private final FiguresReader reader;
  private final Disclosure disclosure;
  private final Withheld withheld;
  private final List<String> groups = Contracts.builtIn().list("key-group").codes();
  private final List<String> industries =
      Stream.concat(Industries.sections().stream().map(Industry::code), Stream.of("?")).toList();

  FiguresController(Marts marts, FiguresReader reader, Disclosure disclosure, Withheld withheld) {
    this.marts = marts;
    this.reader = reader;
    this.disclosure = disclosure;
    this.withheld = withheld;
  }

  /** What can be measured; by industry as far as the account may ask. */
  @GetMapping("/measures")
  @Allowed(figures = true)
  List<MeasureLine> measures() {
    boolean exact = disclosure.exact(Current.account().role());
    return Arrays.stream(Measure.values())
        .map(
            m ->
                new MeasureLine(
                    m.word(),
                    m.title(),
                    m.unit(),
                    m.definition(),
                    m.nature(),
                    m.good(),
                    m.of() != null,
                    m.regionBy(),
                    m.byIndustry() && (exact || m.source().counted()),
                    m.byGroup(),
                    m.hasPeople(),
                    m.enterprises()))
        .toList();
  }

  /**
   * A measure for the regions within one, over all months.
   *
   * @param region of the account's region or below; the account's own if not given
   * @param level city or county; county if not given
   * @param industry a section, {@code ?} for those whose industry is not known
   */
  @GetMapping("/figures")
  @Allowed(figures = true)
  Figures figures(
      @RequestParam String measure,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "county") String level,
      @RequestParam(required = false) @Nullable String regionBy,
      @RequestParam(required = false) @Nullable String industry,
      @RequestParam(required = false) @Nullable String group) {
    Snapshot snapshot = marts.snapshot();
    Question question = question(snapshot, measure, region, level, regionBy, industry, group);
    boolean exact = disclosure.exact(Current.account().role());
    List<Integer> months = Months.between(snapshot.firstMonth(), snapshot.lastMonth());
    Set<Withheld.Cell> hidden = exact ? Set.of() : hidden(snapshot, question.measure());
    Map<String, List<Figure>> areas = new LinkedHashMap<>();
    reader
        .read(snapshot, question)
        .forEach(f -> areas.computeIfAbsent(f.region(), r -> new ArrayList<>()).add(f));
    Area total =
        area(
            question,
            question.region(),
            areas.getOrDefault(question.region(), List.of()),
            months,
            exact,
            hidden);
    List<Area> within =
        areas.entrySet().stream()
            .filter(area -> area.getKey().length() == question.digits())
            .map(area -> area(question, area.getKey(), area.getValue(), months, exact, hidden))
            .toList();
    return new Figures(
        question.measure().word(),
        question.region(),
        level,
        question.regionBy(),
        industry,
        group,
        !exact && question.measure().source().counted(),
        months,
        total,
        within,
        snapshot);
  }

  /**
   * The same as a spreadsheet: a sheet that says what it is, one of figures, for rates also both
   * parts.
   */
  @GetMapping(value = "/figures/workbook", produces = Spreadsheet.MEDIA_TYPE)
  @Allowed(figures = true)
  void workbook(
      @RequestParam String measure,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "county") String level,
      @RequestParam(required = false) @Nullable String regionBy,
      @RequestParam(required = false) @Nullable String industry,
      @RequestParam(required = false) @Nullable String group,
      HttpServletResponse response)
      throws IOException {
    Figures figures = figures(measure, region, level, regionBy, industry, group);
    try (Spreadsheet book = FiguresWorkbook.of(figures)) {
      book.send(
          response,
          String.join(
              "-",
              "ganye",
              figures.measure(),
              figures.region(),
              Integer.toString(figures.snapshot().lastMonth())));
    }
  }

  private Question question(
      Snapshot snapshot,
      String word,
      @Nullable String region,
      String level,
      @Nullable String regionBy,
      @Nullable String industry,
      @Nullable String group) {
    Asked asked = new Asked(Current.account(), snapshot);
    String where = asked.region(region);
    asked.known("level", level, List.of("city", "county"));
    int digits = level.equals("city") && where.length() == PROVINCE_DIGITS ? 4 : 6;
    asked.known("measure", word, Measure.words());
    Measure measure = Measure.of(word).orElse(Measure.RESIDENTS);
    if (regionBy != null) {
      asked.known("regionBy", regionBy, measure.regionBy());
    }
    String by = regionBy == null ? measure.regionBy().getFirst() : regionBy;
    if (industry != null && asked.known("industry", industry, industries)) {
      refuseIndustry(asked, measure, by);
    }
    if (group != null && asked.known("group", group, groups) && !measure.byGroup()) {
      asked.fault("group", measure.title() + "没有按重点群体的数字");
    }
    if (group != null && industry != null && !measure.byIndustry()) {
      asked.fault("industry", "重点群体的" + measure.title() + "没有按行业的数字");
    }
    asked.check();
    return new Question(measure, where, digits, by, industry, group);
  }

  private void refuseIndustry(Asked asked, Measure measure, String by) {
    if (!measure.byIndustry()) {
      asked.fault("industry", measure.title() + "没有按行业的数字");
    } else if (measure.source() == Measure.Source.STOCK
        && !by.equals("residence")
        && !by.equals("work")) {
      asked.fault("regionBy", "按行业只能看常住（residence）或就业（work）");
    } else if (!measure.source().counted() && !disclosure.exact(Current.account().role())) {
      asked.fault("industry", measure.title() + "按行业的数字只给县级及以上的工作人员：其中有的格只有一两家单位");
    }
  }

  private Set<Withheld.Cell> hidden(Snapshot snapshot, Measure measure) {
    Set<Withheld.Cell> hidden = new HashSet<>();
    for (String count : measure.sensitive()) {
      hidden.addAll(withheld.of(snapshot, measure.source().mart(), "month", count));
    }
    return hidden;
  }

  private Area area(
      Question question,
      String region,
      List<Figure> figures,
      List<Integer> months,
      boolean exact,
      Set<Withheld.Cell> hidden) {
    @Nullable Number[] part = new Number[months.size()];
    @Nullable Number[] of = new Number[months.size()];
    List<Integer> withheld = new ArrayList<>();
    for (Figure figure : figures) {
      int at = months.indexOf(figure.month());
      if (at < 0 || figure.part() == null) {
        continue;
      }
      if (exact) {
        part[at] = plain(figure.part());
        of[at] = plain(figure.of());
      } else if (question.measure().source().counted()) {
        part[at] = disclosure.shown(figure.part().longValue(), figure.partKey());
        of[at] =
            figure.of() == null ? null : disclosure.shown(figure.of().longValue(), figure.ofKey());
      } else if (hidden.contains(new Withheld.Cell(region, Integer.toString(figure.month())))) {
        withheld.add(figure.month());
      } else {
        part[at] = plain(figure.part());
        of[at] =
            figure.of() != null && question.measure().source().ofPeople()
                ? (Number) disclosure.shown(figure.of().longValue(), figure.ofKey())
                : plain(figure.of());
      }
    }
    return new Area(
        region,
        Arrays.asList(part),
        question.measure().of() == null ? null : Arrays.asList(of),
        withheld);
  }

  /** A whole number as one. */
  private static @Nullable Number plain(@Nullable Double value) {
    return value == null
        ? null
        : value == Math.rint(value) ? (Number) value.longValue() : (Number) value;
  }
}
