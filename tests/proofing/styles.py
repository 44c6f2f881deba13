"""Clean reports in other hands' styles: provinces, townships, bureaux write the same things in other words and orders.

Agencies, places and figures are invented. None of them holds a fault, so no check may call one an error or a warning.
"""

from __future__ import annotations

from tests.proofing.corpus import Draft, draft_2014, draft_2019, draft_2021


def _made(
    draft: Draft, agency: str, year: int, title: list[str], preface: list[str], overall: list[str], **rest
) -> Draft:
    """Another agency's and year's report with the tables of a draft."""
    draft.agency, draft.year, draft.title, draft.preface = agency, year, title, preface
    draft.parts[0] = (draft.parts[0][0], overall)
    for key, texts in rest.items():
        at = int(key.removeprefix("part"))
        draft.parts[at] = (draft.parts[at][0], texts)
    draft.written = f"{year + 1}年1月18日"
    return draft


def _no_requests(draft: Draft) -> Draft:
    """No request came, none was carried over, nobody went to law."""
    for code in draft.cells:
        if code.startswith(("requests.", "review_litigation.")):
            draft.cells[code] = 0
    return draft


def bureau_by_topics() -> Draft:
    """Topics as running heads inside a paragraph, numbers with what they are made of in brackets."""
    year, agency = 2022, "示例市自然资源和规划局"
    return _made(
        draft_2021(), agency, year, [f"{agency}{year}年政府信息公开工作年度报告"],
        [
            "本报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国"
            "政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求编制。全文包括总体情况、主动公开政府信息情况、收到和处理"
            "政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六个部分。"
            f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。报告电子版可以从示例市人民政府门户网站"
            "（http://www.example.gov.cn）查阅下载。如对报告有疑问，请与我局办公室联系（地址：示例市示例大道100号，邮编：000000，"
            "联系电话：0000－12345678）。"
        ],
        [
            f"{year}年，我局坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，全面落实《条例》和上级部署，持续推进决策、"
            "执行、管理、服务和结果公开，政务公开工作取得新成效。",
            "主动公开方面。全年通过局门户网站主动公开信息512条，其中通知公告96条、政策文件14条、规划计划22条、土地供应信息180条、"
            "其他信息200条；通过微信公众号推送信息145条。",
            "依申请公开方面。全年共处理依申请公开14件（新收12件，上年结转2件），办结13件，结转下年度继续办理1件。申请渠道以网络为主，"
            "申请内容集中在土地征收、规划许可等方面。",
            "政府信息管理方面。严格落实信息发布“三审三校”制度，对公文公开属性实行源头认定；年内新制定行政规范性文件2件，废止1件，"
            "现行有效9件。",
            "平台建设方面。完成局网站适老化和无障碍改造，优化征地信息公开平台检索功能；关停长期不更新的政务新媒体账号1个。",
            "监督保障方面。全年举办政务公开业务培训2期，培训120余人次；政务公开工作纳入科室年度考核，分值权重为4%。"
            "全年未发生因政府信息公开工作被追究责任的情形。",
        ],
        part4=[
            "（一）存在的主要问题", "1.政策解读的形式比较单一，图解、视频类解读占比不高。", "2.个别科室对公开属性的认定把握不准。",
            "（二）改进情况", "1.每件涉及群众切身利益的文件至少配发一种图解或者视频解读。",
            "2.编印公开属性认定手册，对12个科室逐一培训。",
        ],
        part5=["依据《政府信息公开信息处理费管理办法》，本年度收取信息处理费0元。"],
    )  # fmt: skip


def township_without_requests() -> Draft:
    """A township: short, in the first person, with nothing but zeros where nobody asked."""
    year, agency = 2023, "示例县示例镇人民政府"
    draft = _no_requests(draft_2021())
    for code in draft.cells:
        if code.startswith("art20_"):
            draft.cells[code] = 0
    return _made(
        draft, agency, year, [agency, f"{year}年政府信息公开工作年度报告"],
        [
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）有关规定，现公布示例镇人民政府"
            f"{year}年政府信息公开工作年度报告。本报告所列数据的统计期限为{year}年1月1日至12月31日。本报告电子版可在示例县人民政府网站"
            "（www.example.gov.cn）“政府信息公开年报”栏目查看。如有疑问，请与示例镇党政办公室联系（联系电话：0000-2345678）。"
        ],
        [
            "（一）主动公开情况。我镇围绕乡村振兴、社会救助、农村危房改造等重点，主动公开各类信息86条，其中政策文件类3条、财政资金类12条、"
            "工作动态类71条。",
            "（二）依申请公开情况。全年未收到政府信息公开申请，没有因政府信息公开申请行政复议、提起行政诉讼的情况。",
            "（三）政府信息管理情况。明确党政办公室为政府信息公开工作机构，配备专职人员1名、兼职人员2名。",
            "（四）平台建设情况。在便民服务中心设置政府信息公开查阅点1处，在23个行政村设立公开栏。",
            "（五）监督保障情况。镇长任政务公开领导小组组长，全年召开专题会议2次。",
        ],
        part4=["我镇政务公开工作还存在信息报送不及时、村级公开内容不全的问题。下一步，一是实行每月20日前报送制度；二是印发村级公开目录，"
               "由包村干部每季度检查一次。"],
        part5=["无其他需要报告的事项。"],
    )  # fmt: skip


def city_with_its_districts() -> Draft:
    """A city government: the figures of the whole city in the text, those of the table are the city government's own."""
    year, agency = 2021, "示例市人民政府"
    return _made(
        draft_2021(), agency, year, [f"示例市人民政府{year}年政府信息公开工作年度报告"],
        [
            f"本年度报告由示例市人民政府办公室根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和{year}年度市政府及其部门、"
            "各县（市、区）政府的政府信息公开工作年度报告编制。全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
            "政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。"
            f"统计数据的期限为{year}年1月1日至{year}年12月31日。本报告电子版可在示例市人民政府网站（www.example.gov.cn）下载。"
            "如有疑问，请联系示例市人民政府办公室政务公开科（地址：示例市示例路8号，电话：0000-8765432）。"
        ],
        [
            f"{year}年，全市各级行政机关认真落实国家和省政务公开工作要点，聚焦重点领域，强化政策解读，政府信息公开工作稳步推进。",
            "（一）主动公开。全市各级行政机关主动公开政府信息13.6万条，市政府网站公开2.1万条。市政府及市政府办公室公开行政规范性文件11件，"
            "同步解读率达到100%。",
            "（二）依申请公开。市政府本级新收政府信息公开申请12件，办结13件（含上年结转2件），结转下年度1件。",
            "（三）政府信息管理。开展行政规范性文件清理，统一文件格式，建成市政府文件库，集中公开现行有效的市政府规章和行政规范性文件。",
            "（四）平台建设。全市政府网站由43家集约至12家，开设政务新媒体316个。",
            "（五）监督保障。市政府常务会议专题听取政务公开工作汇报1次；组织全市培训班1期，参训210人；对42个单位进行第三方评估。",
        ],
        part4=["存在的主要问题：一是各县（市、区）工作进展不平衡；二是公众参与的渠道不够丰富。",
               "改进情况：一是对评估靠后的4个单位进行约谈并跟踪整改；二是全市举办政府开放日活动36场，邀请群众1200余人次。"],
        part5=[f"{year}年，市政府办公室未收取信息处理费。", "市政府办公室承办的人大代表建议和政协提案办理结果已全部公开。"],
    )  # fmt: skip


def bureau_with_rates() -> Draft:
    """Rates, growth and shares after the counts; 同比 with and without last year's number."""
    year, agency = 2023, "示例市市场监督管理局"
    draft = draft_2021()
    draft.cells["art20_6.administrative_penalty.decisions_this_year"] = 240
    return _made(
        draft, agency, year, [f"{year}年示例市市场监督管理局", "政府信息公开工作年度报告"],
        [
            f"现按照《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条的规定，向社会公布{agency}{year}年政府信息公开工作年度报告。"
            f"报告所列数据统计期限为{year}年1月1日至{year}年12月31日。报告电子版在示例市市场监督管理局网站（scjg.example.gov.cn）公布。"
            "联系地址：示例市示例北路66号，联系电话：0000-3456789，电子邮箱：xxgk@example.gov.cn。"
        ],
        [
            "1、主动公开。全年主动公开政府信息1250条，同比增长25%；其中通过政府网站公开1000条，占80%，通过政务新媒体公开250条，占20%。",
            "2、依申请公开。全年收到依申请公开12件，与上年结转的2件合计14件。全年办结13件，其中予以公开6件，占办结总数的46.15%；部分公开2件，"
            "占15.38%。",
            "3、行政执法公示。公开行政处罚决定240件，公示率100%。",
            "4、政府信息管理。修订《示例市市场监督管理局政府信息公开指南》，对2019年以来的政策文件进行清理。",
            "5、平台建设。网站全年独立访问用户数18.4万个，总访问量96.2万次；微信公众号订阅数3.5万个，发布信息520篇。",
            "6、监督保障。全年开展自查4次，整改问题6个，整改率100%。",
        ],
        part4=["一是公开内容与群众需求还有差距。二是解读材料可读性不强。针对以上问题，我局建立了需求收集机制，每季度通过热线、网站留言梳理"
               "群众关心的事项；邀请企业代表参与解读材料的起草，全年推出“一图读懂”18期。"],
        part5=["本年度没有需要报告的其他事项。"],
    )  # fmt: skip


def subdistrict_in_spaces() -> Draft:
    """A subdistrict office: blanks around the numbers, Latin punctuation, a list over channels."""
    year, agency = 2022, "示例区示例街道办事处"
    return _made(
        _no_requests(draft_2021()), agency, year, [agency, f"{year} 年政府信息公开工作年度报告"],
        [
            "根据《中华人民共和国政府信息公开条例》(以下简称《条例》)第五十条规定,特向社会公布示例区示例街道办事处"
            f" {year} 年政府信息公开工作年度报告。统计时限为 {year} 年 1 月 1 日至 {year} 年 12 月 31 日。本报告电子版可在示例区人民政府网站"
            "(www.example.gov.cn)查阅。咨询电话:0000-4567890。"
        ],
        [
            f"(一)主动公开。{year} 年,街道在区政府网站公开信息 64 条,在微信公众号公开信息 210 条,在社区公开栏公开信息 96 条次。",
            f"(二)依申请公开。{year} 年街道收到政府信息公开申请 0 件,办结 0 件。",
            "(三)政府信息管理。落实信息发布“先审后发”,每条信息经科室、分管领导、办公室审核。",
            "(四)公开平台建设。街道便民服务大厅设公开查阅区 1 处,配电脑 2 台。",
            "(五)监督保障。全年组织学习 3 次,参加 58 人次。行政复议 0 件,行政诉讼 0 件。",
        ],
        part4=["问题:一是信息发布的时效不强;二是人员变动较多,业务不熟。", "改进:一是社区信息 3 个工作日内报送;二是新到岗人员先培训后上岗。"],
        part5=["本年度无其他需要报告的事项。"],
    )  # fmt: skip


def bureau_of_the_trial_format() -> Draft:
    """The trial format, 本机关 throughout, the figures in one long sentence."""
    year, agency = 2019, "示例市卫生健康委员会"
    return _made(
        draft_2019(), agency, year, [f"{agency}{year}年政府信息公开工作年度报告"],
        [
            "依据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）第五十条规定，制作本报告。"
            f"报告中所列数据的统计期限从{year}年1月1日起，至{year}年12月31日止。报告电子版可从示例市卫生健康委员会网站下载。"
            "如对本报告有任何疑问，请与示例市卫生健康委员会办公室联系（电话：0000-5678901）。"
        ],
        [
            f"{year}年，本机关深入学习贯彻新修订的《条例》，不断提高政府信息公开工作的质量和水平。",
            f"{year}年，本机关主动公开政府信息842条，全文电子化率100%。其中，规范性文件3条，占0.36%；业务信息839条，占99.64%。",
            f"{year}年，本机关新收政府信息公开申请12件，加上{year - 1}年结转的2件，共14件。截至{year}年12月31日，答复13件，其余1件按规定结转"
            "下一年度办理。",
            "主要做法：一是领导重视，分管副主任牵头，办公室负责日常工作；二是制度健全，修订了信息公开保密审查制度；三是渠道多样，"
            "除网站外，还通过报纸、广播电视等方式公开。",
        ],
        part4=["当前工作存在以下不足：对新修订的《条例》学习还不够深入，答复文书不够规范。改进措施：组织2次专题学习，统一答复文书样式。"],
        part5=["没有需要说明的其他事项。"],
    )  # fmt: skip


def county_office_of_the_trial_format() -> Draft:
    """The trial format, nobody asked; scattered figures of staff and meetings."""
    year, agency = 2020, "示例县应急管理局"
    return _made(
        _no_requests(draft_2019()), agency, year, [f"{year}年{agency}", "政府信息公开工作年度报告"],
        [
            f"根据《中华人民共和国政府信息公开条例》（以下简称《条例》）要求，现将示例县应急管理局{year}年政府信息公开工作情况报告如下。"
            f"统计期限为{year}年1月1日至{year}年12月31日。报告电子版在示例县人民政府门户网站公布，网址：www.example.gov.cn。"
            "如有疑问，请与县应急管理局办公室联系，电话：0000-6789012。"
        ],
        [
            "我局成立了由局长任组长、副局长任副组长、各股室负责人为成员的政务公开工作领导小组，办公室设在局办公室，具体工作由1名同志负责。",
            f"{year}年共公开信息135条，其中机构职能类2条，安全生产执法检查类64条，应急预案类5条，工作动态类64条。",
            "全年没有收到公民、法人和其他组织的政府信息公开申请，没有发生政府信息公开行政复议和行政诉讼案件。",
        ],
        part4=["一是公开的内容不够全面；二是信息员业务能力有待加强。今后将进一步梳理公开事项，全年安排不少于2次的业务培训，"
               "对信息员实行一季一通报。"],
        part5=["无。"],
    )  # fmt: skip


def bureau_of_the_old_format() -> Draft:
    """The format of 2014 as a large city writes it."""
    year, agency = 2016, "示例市民政局"
    draft = draft_2014()
    draft.captions = [
        text.replace("2017年度", f"{year}年度").replace("示例县水利局", agency).replace("2018年", f"{year + 1}年")
        for text in draft.captions
    ]
    draft.parts = [
        (heading, [text.replace("2017年", f"{year}年").replace("水管站", "民政所") for text in texts])
        for heading, texts in draft.parts
    ]
    return _made(
        draft, agency, year, [f"示例市民政局{year}年政府信息公开年度报告"],
        [
            "本年度报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《示例省政府信息公开规定》编制。报告由概述、主动公开政府信息"
            "情况、依申请公开政府信息情况、政府信息公开收费及减免情况、复议和诉讼情况、存在的主要问题及改进情况组成。"
            f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。电子版可在示例市民政局网站下载。联系电话：0000-7890123。"
        ],
        [
            f"{year}年，我局按照市政府统一部署，扎实推进政府信息公开工作。全年主动公开政府信息320条，收到政府信息公开申请15件。",
            "组织机构：我局明确局办公室为政府信息公开工作机构，1个专门机构，配备专职人员1名、兼职人员3名，设置查阅点3个。",
        ],
    )  # fmt: skip


def county_bureau_of_the_old_format() -> Draft:
    """The format of 2014 in Chinese numerals and bracketed lists."""
    year, agency = 2015, "示例县教育局"
    draft = draft_2014()
    draft.captions = [
        text.replace("2017年度", f"{year}年度").replace("示例县水利局", agency).replace("2018年", f"{year + 1}年")
        for text in draft.captions
    ]
    draft.parts = [
        (heading, [text.replace("2017年", f"{year}年").replace("基层水管站", "部分学校") for text in texts])
        for heading, texts in draft.parts
    ]
    draft.parts[3] = ("四、政府信息公开收费及减免情况", ["全年未向申请人收取任何费用。"])
    return _made(
        draft, agency, year, [agency, f"{year}年政府信息公开工作年度报告"],
        [
            f"按照《中华人民共和国政府信息公开条例》（以下简称《条例》）规定，现公布县教育局{year}年政府信息公开工作年度报告。"
            f"本报告中所列数据的统计时间为{year}年1月1日至{year}年12月31日。本报告的电子版可在示例县人民政府网站查阅。"
            "联系单位：示例县教育局办公室；联系电话：0000-8901234。"
        ],
        [
            "（一）加强组织领导。成立领导小组，局长任组长，两名副局长任副组长。全年召开专题会议三次，举办培训班两期，培训八十六人次。",
            "（二）突出公开重点。围绕招生入学、教育收费、学生资助、教师招聘等重点，全年公开政府信息三百二十条。",
        ],
    )  # fmt: skip


def bureau_with_nested_lists() -> Draft:
    """Numbered lists three levels deep, semicolons, a quotation of last year's problems and how they were mended."""
    year, agency = 2024, "示例区住房和城乡建设局"
    return _made(
        draft_2021(), agency, year, [f"{agency}", f"{year}年政府信息公开工作年度报告"],
        [
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）规定和区政府办公室要求，示例区住房和城乡建设局（以下简称“区住建局”）"
            f"编制了{year}年政府信息公开工作年度报告，统计期限为{year}年1月1日至{year}年12月31日。报告电子版可在示例区人民政府网站"
            "（www.example.gov.cn）区政府部门年报专栏下载。联系方式：示例区建设路9号，0000-9012345。"
        ],
        [
            "（一）主动公开情况", "1.保障性住房信息。公开公租房分配结果4批次，涉及家庭356户；公开租赁补贴发放名单12批次。",
            "2.城镇老旧小区改造信息。公开改造计划1份，涉及小区18个、居民楼96栋、住户4200余户。",
            "3.其他信息。公开物业服务企业信用信息63条，建设工程招标投标信息217条。",
            "（二）依申请公开情况", f"{year}年收到申请12件，其中自然人9件、商业企业3件；另有上年结转2件。全年办结13件，答复率、按时办结率均为100%，"
            "结转下一年1件。", "（三）政府信息管理情况", "对历年政策文件逐件核对有效性，其中现行有效行政规范性文件9件，本年制发2件，废止1件。",
            "（四）平台建设情况", "区住建局政务微信全年发布信息188条，阅读量12.3万次。", "（五）监督保障情况",
            "将政务公开纳入绩效考核（占3分）。全年行政复议3件，其中维持2件、尚未审结1件；复议后起诉1件，结果维持。",
        ],
        part4=["（一）上年度问题整改情况。上年度报告提出的“政策解读不够通俗”问题，通过制作短视频12个、图解8张予以改进。",
               "（二）存在的主要问题。一是公租房分配结果公开的时限不统一；二是对依申请公开答复的法律审核不够。",
               "（三）下一步改进措施。一是分配结果确定后7个工作日内公开；二是答复书全部经法律顾问审核。"],
        part5=["（一）收取信息处理费情况。本年度未收取信息处理费。", "（二）人大建议和政协提案办理情况。办理区人大代表建议6件、政协提案9件，"
               "办理结果全部公开。"],
    )  # fmt: skip


STYLES = {
    each.__name__: each
    for each in (
        bureau_by_topics, township_without_requests, city_with_its_districts, bureau_with_rates, subdistrict_in_spaces,
        bureau_of_the_trial_format, county_office_of_the_trial_format, bureau_of_the_old_format,
        county_bureau_of_the_old_format, bureau_with_nested_lists,
    )
}  # fmt: skip
