SELECT substr(操作年月日, 1, 7) AS 月,
  CASE WHEN 課税区分 <> '1' THEN '課税取消' WHEN 減免区分 <> '00' THEN '減免' END AS 理由, count(*) AS 件数,
  sum(調定額 - 税額) AS 増減額
FROM 軽自_賦課 WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND (課税区分 <> '1' OR 減免区分 <> '00') AND 最新フラグ = '1'
GROUP BY 1, 2 ORDER BY 1, 2
