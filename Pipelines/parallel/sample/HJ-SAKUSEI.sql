SELECT 管理番号, 事業年度番号, 事業年度開始日, 均等割額, 法人税割額 FROM 法人市民税_申告, 対象
WHERE 申告区分 = '10' AND 申告日 BETWEEN date(日, '-24 months') AND 日 ORDER BY 1, 2
