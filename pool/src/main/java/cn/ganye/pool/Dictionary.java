package cn.ganye.pool;

import cn.ganye.engine.Step;
import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Condition;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.ColumnMeaning;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.derivation.Precedence;
import cn.ganye.pool.intake.RefusalReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data dictionary, written from the documents that the pool itself obeys: contracts, code
 * lists, reasons of refusal and the heads of the steps that are published.
 */
public final class Dictionary {
  private final Contracts contracts;
  private final List<Step> marts;

  private Dictionary(Contracts contracts, List<Step> marts) {
    this.contracts = contracts;
    this.marts = marts;
  }

  /** The dictionary of the built-in documents and, if a folder is given, of its own as well. */
  public static Dictionary of(@Nullable Path documents) {
    return new Dictionary(
        documents == null ? Contracts.builtIn() : Contracts.with(documents),
        Derivation.steps(documents).ordered().stream()
            .filter(step -> step.publication() != null)
            .toList());
  }

  /** Its pages in Markdown, by path below the folder of the documentation. */
  public Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("data-dictionary.md", overview());
    contracts
        .all()
        .forEach(contract -> pages.put("datasets/" + contract.id() + ".md", page(contract)));
    return pages;
  }

  private String overview() {
    StringBuilder text =
        new StringBuilder(
            """
            # 数据字典 Data dictionary

            Made by `./ganye pool dictionary` from contracts, code lists and step heads. Change those, not this page.

            """);
    text.append("## 数据集 Datasets\n\n");
    row(text, "dataset", "名称", "报送单位", "粒度 one row", "报送 sent", "主键 key");
    row(text, "---", "---", "---", "---", "---", "---");
    for (Contract contract : contracts.all()) {
      row(
          text,
          "[" + contract.id() + "](datasets/" + contract.id() + ".md)",
          contract.title(),
          title("sender", contract.sender()),
          contract.grain(),
          sent(contract),
          String.join(", ", contract.key()));
    }
    text.append("\n## 集市 Marts\n");
    marts.forEach(mart -> mart(text, mart));
    text.append("\n## 推断状态的优先次序 Order of precedence\n\n");
    row(text, "rank", "evidence", "数据集", "basis", "status", "理由 reason");
    row(text, "---", "---", "---", "---", "---", "---");
    for (Precedence line : Precedence.document()) {
      row(
          text,
          Integer.toString(line.rank()),
          line.evidence(),
          line.dataset(),
          line.basis(),
          line.status(),
          line.reason());
    }
    text.append("\n## 隔离与拒收原因 Reasons of refusal\n\n");
    row(text, "reason", "含义");
    row(text, "---", "---");
    for (RefusalReason reason : RefusalReason.values()) {
      row(text, reason.code(), reason.title());
    }
    text.append("\n## 代码表 Code lists\n");
    contracts.lists().values().stream()
        .sorted(Comparator.comparing(CodeList::id))
        .forEach(list -> list(text, list));
    return text.toString();
  }

  private static void mart(StringBuilder text, Step mart) {
    Step.Publication publication = Objects.requireNonNull(mart.publication());
    String partition = publication.partition();
    text.append("\n### ").append(mart.name()).append("\n\n");
    text.append(mart.question()).append(" Grain: ").append(mart.grain()).append(". ");
    text.append("Key: ").append(String.join(", ", publication.order())).append(". ");
    text.append(partition == null ? "One file.\n\n" : "One file for each " + partition + ".\n\n");
    if (!mart.note().isEmpty()) {
      text.append(mart.note()).append("\n\n");
    }
    row(text, "column", "含义", "代码表", "出处");
    row(text, "---", "---", "---", "---");
    for (String column : mart.columns()) {
      Optional<ColumnMeaning> meaning = ColumnMeaning.of(mart.name(), column);
      row(
          text,
          "`" + column + "`",
          meaning.map(ColumnMeaning::definition).orElse(""),
          mart.codes().getOrDefault(column, ""),
          meaning.map(ColumnMeaning::source).orElse(""));
    }
  }

  private static void list(StringBuilder text, CodeList list) {
    text.append("\n### ").append(list.id()).append("\n\n");
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < list.codes().size(); i++) {
      codes.add("`" + list.codes().get(i) + "` " + list.titles().get(i));
    }
    text.append(String.join(" · ", codes)).append('\n');
  }

  private String page(Contract contract) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(contract.title()).append(" `").append(contract.id()).append("`\n\n");
    text.append("Made by `./ganye pool dictionary`; change the contract, not this page.\n\n");
    text.append("- 报送单位：").append(title("sender", contract.sender())).append('\n');
    text.append("- 来源：")
        .append(contract.source())
        .append("（")
        .append(contract.grade())
        .append("）\n");
    text.append("- 粒度：").append(contract.grain()).append('\n');
    text.append("- 主键：").append(String.join(", ", contract.key())).append('\n');
    text.append("- 期间列：").append(Objects.requireNonNullElse(contract.period(), "—")).append('\n');
    text.append("- 报送：").append(sent(contract)).append('\n');
    text.append("- 文件名：")
        .append(
            contract.aliases().isEmpty()
                ? contract.id()
                : contract.id() + "、" + String.join("、", contract.aliases()))
        .append("_区划_期间_报送日.csv\n\n");
    row(text, "column", "表头 headers", "类型 type", "必填", "说明");
    row(text, "---", "---", "---", "---", "---");
    for (Contract.Column column : contract.columns()) {
      row(
          text,
          "`" + column.name() + "`",
          String.join("、", column.headers()),
          column.type().title(),
          column.required() ? "是" : "",
          notes(column));
    }
    if (!contract.checks().isEmpty()) {
      text.append("\n检查：\n\n");
      for (Contract.Check check : contract.checks()) {
        text.append("- ")
            .append(check.say())
            .append(check.refuses() ? "（不符合则隔离）" : "（只提示）")
            .append(" `")
            .append(said(check.that()))
            .append("`\n");
      }
    }
    if (!contract.unused().isEmpty()) {
      text.append("\n认得但不收的列：").append(String.join("、", contract.unused())).append('\n');
    }
    return text.toString();
  }

  private static String sent(Contract contract) {
    String due = contract.due() == 0 ? "" : "，次月 " + contract.due() + " 日前";
    return contract.every().title() + due;
  }

  private static String notes(Contract.Column column) {
    List<String> notes = new ArrayList<>();
    if (column.list() != null) {
      notes.add("代码表 " + column.list());
    }
    if (column.otherwise() != null) {
      notes.add("表外的词算作 " + column.otherwise());
    }
    if (column.standsIn() != null) {
      notes.add("空缺时由身份号码推出");
    }
    Long min = column.min();
    if (min != null) {
      Condition unless = column.unless();
      notes.add("不小于 " + min + (unless == null ? "" : "，" + said(unless) + " 时除外"));
    }
    return String.join("；", notes);
  }

  private static String said(Condition condition) {
    return condition.left() + " " + condition.operator().sign() + " " + condition.right();
  }

  private String title(String list, String code) {
    CodeList codes = contracts.list(list);
    int at = codes.codes().indexOf(code);
    return at < 0 ? code : codes.titles().get(at);
  }

  private static void row(StringBuilder text, String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
