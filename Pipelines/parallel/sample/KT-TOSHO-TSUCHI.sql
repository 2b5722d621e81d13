SELECT 共有区分, sum(課税標準額_土地 >= 300000 OR 課税標準額_家屋 >= 200000 OR 課税標準額_償却 >= 1500000) AS "旧.免税点以上義務者数",
  sum(年税額 > 0) AS "新.通知件数", sum(年税額) AS 年税額
FROM 固定資産税_賦課 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 1 ORDER BY 1
